package dev.driftless.cli.recount;

import dev.driftless.cli.recount.Spilled.Codec;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Up to where topics are held against each other, by partition.
 *
 * @param signature of the options for which it was made
 * @param isGroupKnown whether the application has read anything
 */
record CutOffsets(
        String signature,
        String eventsTopic,
        Map<Integer, Stretch> events,
        String reroutedTopic,
        Map<Integer, Stretch> rerouted,
        String billingTopic,
        Map<Integer, Stretch> billing,
        String rejectedTopic,
        Map<Integer, Stretch> rejected,
        boolean isGroupKnown) {
    static final Codec<CutOffsets> CODEC = Packed.codec(CutOffsets::write, CutOffsets::read);

    /**
     * A stretch of a partition.
     *
     * @param first offset of the first record that is there
     * @param begin where it is read from
     * @param cut up to where the application has read, or to the end
     * @param end the end
     */
    record Stretch(long first, long begin, long cut, long end) {}

    /** Asks how far the application has read, waits until that is billed, and asks how far that goes. */
    static CutOffsets make(final ReconcileSettings settings, final String signature, final Consumer<Duration> waiting) {
        final RecountSettings recount = settings.recount();
        try (TopicEnds ends = new TopicEnds(recount.client())) {
            final Map<Integer, Long> found = ends.committed(settings.applicationId(), recount.usageEvents());
            final Map<Integer, Long> passedOn = ends.committed(settings.applicationId(), settings.usageRerouted());
            final Map<Integer, Long> nothing = new TreeMap<>();
            final Map<Integer, Long> eventEnds = ends.ends(recount.usageEvents());
            final Map<Integer, Long> reroutedEnds = ends.ends(settings.usageRerouted());
            final Map<Integer, Long> eventCuts = found.isEmpty() ? eventEnds : found;
            final Map<Integer, Long> reroutedCuts = passedOn.isEmpty() && found.isEmpty() ? reroutedEnds : passedOn;
            waiting.accept(settings.emissionDelay());
            final Map<Integer, Stretch> billing =
                    stretches(ends.begins(recount.billingUsage()), nothing, ends.ends(recount.billingUsage()), false);
            final Map<Integer, Stretch> rejected =
                    stretches(ends.begins(recount.usageRejected()), nothing, ends.ends(recount.usageRejected()), false);
            return new CutOffsets(
                    signature,
                    recount.usageEvents(),
                    from(
                            settings,
                            ends,
                            recount.usageEvents(),
                            stretches(
                                    ends.begins(recount.usageEvents()),
                                    eventCuts,
                                    ends.ends(recount.usageEvents()),
                                    true)),
                    settings.usageRerouted(),
                    stretches(
                            ends.begins(settings.usageRerouted()),
                            reroutedCuts,
                            ends.ends(settings.usageRerouted()),
                            true),
                    recount.billingUsage(),
                    billing,
                    recount.usageRejected(),
                    rejected,
                    !found.isEmpty());
        }
    }

    /** An event of a period comes no earlier than the clock skew before it, its first copy no earlier than the window. */
    private static Map<Integer, Stretch> from(
            final ReconcileSettings settings,
            final TopicEnds ends,
            final String topic,
            final Map<Integer, Stretch> stretches) {
        return settings.scope()
                .from()
                .map(from -> {
                    final RecountSettings.Window window = settings.recount().window();
                    final Map<Integer, Long> begins = ends.at(
                            topic,
                            Math.max(
                                    0,
                                    from.minus(window.clockSkew())
                                            .minus(window.dedup())
                                            .toEpochMilli()));
                    final Map<Integer, Stretch> later = new TreeMap<>();
                    stretches.forEach((partition, stretch) -> later.put(
                            partition,
                            new Stretch(
                                    stretch.first(),
                                    Math.max(stretch.begin(), Math.min(begins.get(partition), stretch.cut())),
                                    stretch.cut(),
                                    stretch.end())));
                    return later;
                })
                .orElse(stretches);
    }

    private static Map<Integer, Stretch> stretches(
            final Map<Integer, Long> begins,
            final Map<Integer, Long> cuts,
            final Map<Integer, Long> ends,
            final boolean isUnreadWithoutCut) {
        final Map<Integer, Stretch> stretches = new TreeMap<>();
        begins.forEach((partition, begin) -> {
            final long end = Math.max(begin, ends.get(partition));
            final long otherwise = isUnreadWithoutCut ? begin : end;
            stretches.put(
                    partition,
                    new Stretch(
                            begin,
                            begin,
                            Math.min(end, Math.max(begin, cuts.getOrDefault(partition, otherwise))),
                            end));
        });
        return stretches;
    }

    /** Whether a record was held against its outcome. */
    boolean isRead(final SourcePosition position) {
        final Stretch stretch = events.get(position.partition());
        return stretch != null && stretch.begin() <= position.offset() && position.offset() < stretch.cut();
    }

    /** Offsets to be read. */
    long records() {
        long sum = 0;
        for (final Map<Integer, Stretch> topic : java.util.List.of(events, rerouted, billing, rejected)) {
            sum += topic.values().stream()
                    .mapToLong(stretch -> stretch.cut() - stretch.begin())
                    .sum();
        }
        return sum;
    }

    /** Where a partition, named with its topic, is read from. */
    long beginOf(final String partition) {
        final int dash = partition.lastIndexOf('-');
        final String topic = partition.substring(0, dash);
        final int number = Integer.parseInt(partition.substring(dash + 1));
        final Map<Integer, Stretch> stretches = topic.equals(eventsTopic)
                ? events
                : topic.equals(reroutedTopic) ? rerouted : topic.equals(billingTopic) ? billing : rejected;
        return stretches.get(number).begin();
    }

    private static void write(final DataOutputStream out, final CutOffsets cut) throws IOException {
        out.writeUTF(cut.signature());
        writeTopic(out, cut.eventsTopic(), cut.events());
        writeTopic(out, cut.reroutedTopic(), cut.rerouted());
        writeTopic(out, cut.billingTopic(), cut.billing());
        writeTopic(out, cut.rejectedTopic(), cut.rejected());
        out.writeBoolean(cut.isGroupKnown());
    }

    private static void writeTopic(
            final DataOutputStream out, final String topic, final Map<Integer, Stretch> stretches) throws IOException {
        out.writeUTF(topic);
        out.writeInt(stretches.size());
        for (final Map.Entry<Integer, Stretch> stretch : stretches.entrySet()) {
            out.writeInt(stretch.getKey());
            out.writeLong(stretch.getValue().first());
            out.writeLong(stretch.getValue().begin());
            out.writeLong(stretch.getValue().cut());
            out.writeLong(stretch.getValue().end());
        }
    }

    private static CutOffsets read(final DataInputStream in) throws IOException {
        return new CutOffsets(
                in.readUTF(),
                in.readUTF(),
                stretches(in),
                in.readUTF(),
                stretches(in),
                in.readUTF(),
                stretches(in),
                in.readUTF(),
                stretches(in),
                in.readBoolean());
    }

    private static Map<Integer, Stretch> stretches(final DataInputStream in) throws IOException {
        final Map<Integer, Stretch> stretches = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            stretches.put(in.readInt(), new Stretch(in.readLong(), in.readLong(), in.readLong(), in.readLong()));
        }
        return stretches;
    }
}
