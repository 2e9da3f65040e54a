package io.cloudtask.agent.center;

/**
 * What it takes to speak to the centers.
 *
 * @param introduction to be made before anything else is said
 * @param incarnation of this process
 */
public record Contact(Center center, Introduction introduction, String incarnation) {}
