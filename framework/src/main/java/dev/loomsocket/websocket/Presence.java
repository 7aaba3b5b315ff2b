package dev.loomsocket.websocket;

import java.util.Optional;

/**
 * One session in a room.
 *
 * @param session the member
 * @param meta what was said of it when it joined: {@link Room#join(Session, Object)}
 */
public record Presence(Session session, Optional<Object> meta) {}
