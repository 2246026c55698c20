package dev.driftless.cli.ingest;

import java.io.IOException;

/** The broker of the stack, which this process started, as it stands still. */
record PausedBroker(long pid) {
    static PausedBroker pause() throws IOException, InterruptedException {
        final long broker = ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains("BrokerMain"))
                .findFirst()
                .orElseThrow()
                .pid();
        signal("-STOP", broker);
        return new PausedBroker(broker);
    }

    void resume() throws IOException, InterruptedException {
        signal("-CONT", pid);
    }

    private static void signal(final String signal, final long pid) throws IOException, InterruptedException {
        if (new ProcessBuilder("kill", signal, Long.toString(pid)).start().waitFor() != 0) {
            throw new IOException("cannot send " + signal + " to process " + pid);
        }
    }
}
