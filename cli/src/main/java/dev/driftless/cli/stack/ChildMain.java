package dev.driftless.cli.stack;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Arrays;

/**
 * Runs another main class in a process that never outlives the one that started it.
 *
 * <p>The parent holds the other end of this process's standard input and writes nothing to it. When it closes, because
 * the parent asks for the end or because it is gone, however it went, this process exits as it would on {@code SIGTERM},
 * and after {@link #PATIENCE} in any case. A Ctrl-C at the terminal reaches all processes; here it is ignored, so that
 * the parent alone decides in which order its children stop.
 *
 * <p>Arguments: name of the main class, then its own.
 */
public final class ChildMain {
    /** How long shutdown hooks may take once the parent is gone or asks for the end. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private ChildMain() {}

    public static void main(final String[] arguments) throws ReflectiveOperationException {
        ignoreInterrupts();
        daemon("parent-watch", ChildMain::exitWithParent).start();
        final Class<?> main = Class.forName(arguments[0]);
        try {
            main.getMethod("main", String[].class)
                    .invoke(null, (Object) Arrays.copyOfRange(arguments, 1, arguments.length));
        } catch (final InvocationTargetException failure) {
            failure.getCause().printStackTrace();
            System.exit(1);
        }
    }

    private static void exitWithParent() {
        awaitEndOfInput();
        daemon("exit-deadline", ChildMain::haltWhenPatienceEnds).start();
        System.exit(0);
    }

    private static void awaitEndOfInput() {
        try {
            while (System.in.read() >= 0) {
                // The parent says nothing; only the end of the stream has a meaning.
            }
        } catch (final IOException gone) {
            System.err.println("parent process is gone: " + gone.getMessage());
        }
    }

    private static void haltWhenPatienceEnds() {
        try {
            Thread.sleep(PATIENCE.toMillis());
        } catch (final InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(1);
    }

    private static Thread daemon(final String name, final Runnable work) {
        final Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /** By reflection, because the compiler warns about {@code sun.misc.Signal} and offers no way to accept it. */
    private static void ignoreInterrupts() throws ReflectiveOperationException {
        final Class<?> signal = Class.forName("sun.misc.Signal");
        final Class<?> handler = Class.forName("sun.misc.SignalHandler");
        final Object ignoring = Proxy.newProxyInstance(
                ChildMain.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, given) -> null);
        signal.getMethod("handle", signal, handler)
                .invoke(null, signal.getConstructor(String.class).newInstance("INT"), ignoring);
    }
}
