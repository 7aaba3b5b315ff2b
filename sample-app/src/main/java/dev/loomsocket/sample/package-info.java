/** The sample app: a chat page, and the endpoints that serve it. A good place to start reading. */
package dev.loomsocket.sample;
