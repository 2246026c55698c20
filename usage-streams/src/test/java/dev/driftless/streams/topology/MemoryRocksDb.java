package dev.driftless.streams.topology;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.Env;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksMemEnv;

/**
 * Keeps the files of RocksDB in memory. The test driver flushes the stores after each record, which takes twenty
 * milliseconds on a disk and nothing to speak of here.
 */
public final class MemoryRocksDb implements RocksDBConfigSetter {
    /** Key of the configuration under which the stores find their files. */
    static final String CONFIG = "driftless.test.rocksdb.files";

    static Env newFiles() {
        RocksDB.loadLibrary();
        return new RocksMemEnv(Env.getDefault());
    }

    @Override
    public void setConfig(final String storeName, final Options options, final Map<String, Object> configs) {
        options.setEnv((Env) configs.get(CONFIG));
    }

    @Override
    public void close(final String storeName, final Options options) {
        // The files are closed with the test bed.
    }
}
