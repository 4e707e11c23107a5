import ArgumentParser

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Runs a command and turns how it ended into an exit code; the only place that does.
///
/// 0: all is well. 1: there are findings: rules with errors, tests that fail, a request that was refused.
/// 2: it could not be done as asked: arguments, files that are missing or damaged.
@main
struct Program {
    static func main() async {
        do {
            var command = try Vigil.parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            end(after: error)
        }
        end(0)
    }

    private static func end(after error: any Error) -> Never {
        // What a command threw to say that there are findings; they have been printed.
        if error as? ExitCode == Outcome.findings { end(1) }
        let message = Vigil.fullMessage(for: error)
        // Help and version are thrown too.
        guard Vigil.exitCode(for: error).isSuccess else {
            if !message.isEmpty { Output.note(message) }
            exit(2)
        }
        Output.line(message)
        end(0)
    }

    /// A result of which a part is lost is none, whatever else is to be said of it.
    private static func end(_ code: Int32) -> Never {
        guard let loss = Output.loss else { exit(code) }
        Output.note("Error: the result could not be written: \(loss)")
        exit(2)
    }
}

/// How a command that ran to its end may still end.
enum Outcome {
    /// There is something to be mended; it has been printed.
    static let findings = ExitCode(rawValue: 1)
}

/// A command that cannot do what was asked, in a sentence for the person who asked.
struct CommandError: Error, CustomStringConvertible {
    let description: String
}
