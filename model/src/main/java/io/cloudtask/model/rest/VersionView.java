package io.cloudtask.model.rest;

/** Which program answers. */
public record VersionView(String name, String version) {}
