/** What page authors see: requests, responses, handlers, path patterns and static files. */
@NullMarked
package dev.loomsocket.http;

import org.jspecify.annotations.NullMarked;
