@testable import Settings

/// `docs/configuration.md`: words of people around tables of the catalogue.
enum ConfigurationPage {
    /// A whole file, as a hospital might write it.
    static let example = """
        listen:
          address: 0.0.0.0
          port: 8443
          public_urls: [https://cds.example.org]
        tls:
          certificate: /etc/vigil/tls/fullchain.pem
          key: /etc/vigil/tls/key.pem
        rules: [/usr/share/vigil/Rules, /etc/vigil/rules]
        knowledge: /var/lib/vigil/knowledge.sqlite
        journal:
          file: /var/lib/vigil/journal.sqlite
          key_file: /etc/vigil/journal.key
        clients:
          - name: general-hospital
            issuer: https://ehr.hospital.example/fhir
            jku: https://ehr.hospital.example/jwks.json
            algorithms: [RS384]
            fhir_bases: [https://ehr.hospital.example/fhir]
            dialect: epic
          - name: metrics
            issuer: https://monitoring.hospital.example
            keys_file: /etc/vigil/monitoring.jwks
            roles: [auditor]
        """

    static let text = """
        # Configuration

        One file, `vigil.yaml`, beside it variables of the environment and flags. A flag counts before a variable, a variable before the file, the file before what
        counts where nothing is said. `vigil serve --help-config` prints what stands here.

        * The file is `vigil.yaml` in the folder where `vigil serve` starts, or what `--config` or `VIGIL_CONFIG` names.
        * `limits.body` stands in the file as `body` in the section `limits`; its variable is `VIGIL_LIMITS_BODY`. A list has commas there.
        * Every key without a flag of its own can be given as `--set key=value`.
        * All that is wrong is said in one run, with its place; an unknown key is an error, with the nearest name.
        * Sizes have a unit (`16 MiB`, `512 KiB`), so have times (`500 ms`, `2 s`, `15 min`, `1 h`).
        * Keys marked * and the clients are read again on SIGHUP, with rules, knowledge and certificates. What is broken is reported, and the last good state goes on.

        ```yaml
        \(example)
        ```

        ## When it does not start

        * An address that other machines reach needs TLS, or `listen.behind_proxy` where a proxy ends TLS and alone can connect; and at least one client.
        * A client needs a name, an issuer and keys. Where no client is configured, nobody is asked for a token, and only this machine can call.
        * Where clients are configured and callers cannot know the service by the address it listens on, `listen.public_urls` must say the URL that their tokens name.
        * Bodies of requests are kept only under a key. The key itself may stand in the environment or in a file of its own, never in `vigil.yaml`.

        ## Codes

        | Code | What is wrong |
        |---|---|
        | S101 | no setting has this name |
        | S102 | a map, a list or nothing stands where something else must |
        | S103 | a text is no value of its setting |
        | S104 | something must be said and is not |
        | S105 | settings do not go together |
        | S106 | something is said where it may not be |

        \(SettingsHelp.markdown)
        """
}
