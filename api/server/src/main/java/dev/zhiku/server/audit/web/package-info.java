/** Requests and answers as the audit log has them, and the routes by which auditors read it. */
@NullMarked
package dev.zhiku.server.audit.web;

import org.jspecify.annotations.NullMarked;
