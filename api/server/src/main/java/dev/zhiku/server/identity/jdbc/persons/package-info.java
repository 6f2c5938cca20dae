/** Persons, their invitations and devices, in the service database. */
@NullMarked
package dev.zhiku.server.identity.jdbc.persons;

import org.jspecify.annotations.NullMarked;
