package dev.driftless.streams.domain.aggregation;

/** The values of one property among the events counted into one aggregate, each with how many events carry it. */
public interface DistinctValues {
    /** Notes one more event with a value; whether it is the first. */
    boolean add(String value);

    /** Notes one event less with a value; whether it was the last. */
    boolean remove(String value);
}
