package jakarta.websocket;

/** Stands for the type of the Jakarta API in tests of wrong imports. */
public interface Session {}
