package io.cloudtask.agent.process;

/**
 * A piece of a stream.
 *
 * @param data the bytes; empty when there is nothing more yet
 * @param from offset of the first byte of {@code data}; greater than what was asked for when that
 *     was cut away
 * @param next offset to go on from
 * @param size length of the whole stream when it was read
 * @param cut what was dropped of the stream when it was read
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, from the file to the wire
public record OutputSlice(byte[] data, long from, long next, long size, OutputCut cut) {}
