/** Routes for those who go on with, look for and tidy up their conversations. */
@NullMarked
package dev.zhiku.server.conversations.web;

import org.jspecify.annotations.NullMarked;
