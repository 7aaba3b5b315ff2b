package dev.loomsocket.websocket;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the method that decides about an opening handshake, before the connection exists.
 *
 * <p>Parameters, in any order, all optional: {@link Handshake}, {@link PathParam}, {@link
 * QueryParam}, services. Returning normally accepts; a {@link java.security.Principal} accepts and
 * becomes {@link Session#user()} instead of whom {@code app.authenticate} found; {@code false}
 * refuses with 403; an {@link dev.loomsocket.http.HttpException} refuses with its status.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnHandshake {}
