package com.fasterxml.jackson.databind;

/** Stands for the class of Jackson 2 in tests of wrong imports. */
public abstract class JsonNode {}
