package dev.driftless.cli.recount;

/** Is told how far a reconciliation is; for instance to say how long it will take. */
public interface ReconcileProgress {
    /** Tells nobody. */
    ReconcileProgress NONE = new ReconcileProgress() {
        @Override
        public void begin(final long records, final long done) {
            // Nobody asks.
        }

        @Override
        public void add(final long records) {
            // Nobody asks.
        }

        @Override
        public void end() {
            // Nobody asks.
        }
    };

    /**
     * It begins, or goes on.
     *
     * @param records offsets to be read in all
     * @param done those that were read before it was stopped
     */
    void begin(long records, long done);

    /** So many more were read. All state up to here is on disk. */
    void add(long records);

    /** All is read. */
    void end();
}
