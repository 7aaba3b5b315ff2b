package dev.loomsocket.json;

import java.lang.reflect.Type;

/** A class below a generic type: for {@code Event<Line>} a {@code Added<Line>}. */
record Subtype(Type above, Class<?> subclass) implements Type {}
