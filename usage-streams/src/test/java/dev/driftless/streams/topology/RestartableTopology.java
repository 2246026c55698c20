package dev.driftless.streams.topology;

import dev.driftless.streams.domain.PartitionAccount;
import dev.driftless.streams.topology.store.AccountSerde;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StateRestoreCallback;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.processor.internals.StateRestoreCallbackAdapter;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowBytesStoreSupplier;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.internals.WindowStoreBuilder;

/**
 * A topology whose stores are first filled from their changelogs, as on a machine that has none of them. The test driver
 * does not restore. The window store in memory drops what its retention does not cover to the millisecond, where RocksDB
 * drops whole segments.
 */
final class RestartableTopology extends Topology {
    private final boolean isInMemory;
    private final TopologySettings settings;
    private final Map<String, List<ConsumerRecord<byte[], byte[]>>> changelogs;

    /**
     * An empty one.
     *
     * @param isInMemory whether stores that are on disk otherwise are in memory
     * @param settings tells the length of the dedup store's buckets
     * @param changelogs what is to be restored, by the names of stores
     */
    RestartableTopology(
            final boolean isInMemory,
            final TopologySettings settings,
            final Map<String, List<ConsumerRecord<byte[], byte[]>>> changelogs) {
        this.isInMemory = isInMemory;
        this.settings = settings;
        this.changelogs = changelogs;
    }

    @Override
    public synchronized <S extends StateStore> Topology addStateStore(
            final StoreBuilder<S> builder, final String... processors) {
        return super.addStateStore(restored(builder).withLoggingEnabled(builder.logConfig()), processors);
    }

    private StoreBuilder<?> restored(final StoreBuilder<?> builder) {
        final String name = builder.name();
        if (builder instanceof WindowStoreBuilder<?, ?> windows) {
            return Stores.windowStoreBuilder(
                            windowsOf(name, Duration.ofMillis(windows.retentionPeriod())),
                            Serdes.Bytes(),
                            Serdes.ByteArray())
                    .withCachingDisabled();
        }
        if (name.equals(UsageTopology.ACCOUNT_STORE)) {
            final Serde<PartitionAccount> accounts = AccountSerde.create();
            return Stores.keyValueStoreBuilder(restored(Stores.inMemoryKeyValueStore(name)), Serdes.Integer(), accounts)
                    .withCachingEnabled();
        }
        final boolean isAlwaysInMemory = name.equals(Names.PENDING_STORE);
        return Stores.keyValueStoreBuilder(
                        restored(
                                isInMemory || isAlwaysInMemory
                                        ? Stores.inMemoryKeyValueStore(name)
                                        : Stores.persistentKeyValueStore(name)),
                        Serdes.Bytes(),
                        Serdes.ByteArray())
                .withCachingEnabled();
    }

    private KeyValueBytesStoreSupplier restored(final KeyValueBytesStoreSupplier supplier) {
        return supplier(
                KeyValueBytesStoreSupplier.class, supplier, () -> restored(KeyValueStore.class, supplier.get()));
    }

    private WindowBytesStoreSupplier windowsOf(final String name, final Duration retention) {
        final Duration length = StateStores.buckets(settings).length();
        final WindowBytesStoreSupplier supplier = isInMemory
                ? Stores.inMemoryWindowStore(name, retention, length, false)
                : Stores.persistentWindowStore(name, retention, length, false);
        return supplier(WindowBytesStoreSupplier.class, supplier, () -> restored(WindowStore.class, supplier.get()));
    }

    private static <T> T supplier(final Class<T> type, final T supplier, final Supplier<?> store) {
        return proxy(
                type, (method, args) -> method.getName().equals("get") ? store.get() : invoke(method, supplier, args));
    }

    private <S extends StateStore> S restored(final Class<? super S> type, final S store) {
        @SuppressWarnings("unchecked")
        final S restored = (S) proxy(
                type,
                (method, args) -> method.getName().equals("init")
                        ? invoke(
                                method,
                                store,
                                restoring(store.name(), (InternalProcessorContext<?, ?>) args[0]),
                                args[1])
                        : invoke(method, store, args));
        return restored;
    }

    private InternalProcessorContext<?, ?> restoring(final String store, final InternalProcessorContext<?, ?> context) {
        return proxy(InternalProcessorContext.class, (method, args) -> {
            final Object result = invoke(method, context, args);
            if (method.getName().equals("register")) {
                StateRestoreCallbackAdapter.adapt((StateRestoreCallback) args[1])
                        .restoreBatch(changelogs.getOrDefault(store, List.of()));
            }
            return result;
        });
    }

    private interface Call {
        Object on(Method method, Object... args) throws Throwable;
    }

    private static <T> T proxy(final Class<T> type, final Call call) {
        return type.cast(Proxy.newProxyInstance(
                RestartableTopology.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, args) -> call.on(method, args)));
    }

    private static Object invoke(final Method method, final Object target, final Object... args) throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (final InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
