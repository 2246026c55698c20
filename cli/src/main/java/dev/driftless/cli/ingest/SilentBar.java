package dev.driftless.cli.ingest;

import me.tongfei.progressbar.ProgressBarConsumer;

/** Shows nothing. */
final class SilentBar implements ProgressBarConsumer {
    private static final int WIDTH = 80;

    @Override
    public int getMaxRenderedLength() {
        return WIDTH;
    }

    @Override
    public void accept(final String rendered) {}

    @Override
    public void close() {}
}
