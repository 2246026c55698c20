package dev.driftless.bench.rival;

import dev.driftless.schemas.Topics;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;

/** Copies the bytes of the usage events to another topic, exactly once: what no application with an output can exceed. */
public final class PassThroughMain {
    private PassThroughMain() {}

    public static void main(final String[] arguments) throws InterruptedException {
        final Program program = new Program(arguments);
        final StreamsBuilder builder = new StreamsBuilder();
        builder.stream(Topics.DEFAULT.usageEvents(), Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
                .to(program.flag("topics.billing-usage"), Produced.with(Serdes.ByteArray(), Serdes.ByteArray()));
        program.run(builder.build());
    }
}
