package dev.loomsocket.websocket;

import java.util.Optional;

/**
 * One session in a room. Immutable, but for what {@code meta} is itself.
 *
 * @param session the member
 * @param meta what was said of it when it joined: {@link Room#join(Session, Object)}
 */
public record Presence(Session session, Optional<Object> meta) {}
