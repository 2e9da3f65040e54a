/**
 * From the name of a package to a work directory that holds its files. A package is fetched to a
 * temporary file, checked against the SHA-256 that the job's definition names, unpacked beside its
 * destination with every entry checked, and only then renamed into place, so that a job never sees
 * half of one. What fails is a value with its reason in words; when to try again is not decided
 * here.
 */
@NullMarked
package io.cloudtask.agent.packages;

import org.jspecify.annotations.NullMarked;
