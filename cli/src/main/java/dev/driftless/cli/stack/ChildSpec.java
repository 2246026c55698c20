package dev.driftless.cli.stack;

import static java.util.Objects.requireNonNull;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Java program to run as a child process, on the JDK that runs this one.
 *
 * @param name what it is to its user, for instance {@code broker}
 * @param classPath class path, in the form that this platform uses
 * @param mainClass class to run
 * @param jvmOptions options of the JVM
 * @param environment variables beside those of this process, of which it sees none that is a setting of its own
 * @param arguments arguments of the main class
 * @param directory working directory
 * @param log file that takes what it prints, after what is there
 */
record ChildSpec(
        String name,
        String classPath,
        String mainClass,
        List<String> jvmOptions,
        Map<String, String> environment,
        List<String> arguments,
        Path directory,
        Path log) {

    ChildSpec {
        requireNonNull(name);
        requireNonNull(classPath);
        requireNonNull(mainClass);
        jvmOptions = List.copyOf(jvmOptions);
        environment = Map.copyOf(environment);
        arguments = List.copyOf(arguments);
        requireNonNull(directory);
        requireNonNull(log);
    }

    /** Class path of this process, which holds the broker, the application and {@link ChildMain}. */
    static String ownClassPath() {
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(System.getProperty("java.class.path"))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Variables that would change what the child does behind the back of its specification. */
    private static boolean isSetting(final String variable) {
        return Stream.of("DRIFTLESS_", "QUARKUS_", "APICURIO_").anyMatch(variable::startsWith);
    }

    ProcessBuilder toProcessBuilder() {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.add(ChildMain.class.getName());
        command.add(mainClass);
        command.addAll(arguments);
        final ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(ChildSpec::isSetting);
        builder.environment().putAll(environment);
        // Not -cp: a class path can be longer than a command line, and makes lists of processes hard to read.
        builder.environment().put("CLASSPATH", classPath);
        return builder;
    }
}
