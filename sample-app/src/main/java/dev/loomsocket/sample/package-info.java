/**
 * The sample app: a menu and a page for each classic of WebSockets. {@link
 * dev.loomsocket.sample.Main} is a good place to start reading; each endpoint is a file of its own.
 */
package dev.loomsocket.sample;
