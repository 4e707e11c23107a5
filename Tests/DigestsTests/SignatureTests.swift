import Digests
import Testing

@Suite("Signatures: Ed25519 keys and what they sign")
struct SignatureTests {
    /// RFC 8032 §7.1, test 1.
    private static let secret = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
    private static let known = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    /// RFC 8410 §10.3 and §10.1: one key.
    private static let secretPEM = """
        -----BEGIN PRIVATE KEY-----
        MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
        -----END PRIVATE KEY-----

        """
    private static let publicPEM = """
        -----BEGIN PUBLIC KEY-----
        MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
        -----END PUBLIC KEY-----

        """
    private let digest = Digest(of: "some bytes")

    @Test("RFC 8032: the public half follows from the secret one")
    func publicHalf() throws {
        let key = try SigningKey(text: Self.secret)
        #expect(key.verificationKey == (try VerificationKey(text: Self.known)))
    }

    @Test("RFC 8410: PEM is read and written as openssl has it")
    func pem() throws {
        let key = try SigningKey(text: Self.secretPEM)
        #expect(key.secretPEM == Self.secretPEM)
        #expect(key.verificationKey.pem == Self.publicPEM)
        #expect(try VerificationKey(text: Self.publicPEM) == key.verificationKey)
        #expect(try VerificationKey(text: Self.publicPEM.split(separator: "\n").joined(separator: "\r\n")) == key.verificationKey)
    }

    @Test("A signature holds for its bytes, its kind and its key, and for nothing else")
    func holds() throws {
        let key = try SigningKey(text: Self.secret)
        let signature = try key.signature(of: digest, as: .knowledge)
        #expect(key.verificationKey.isValid(signature, of: digest, as: .knowledge))
        #expect(!key.verificationKey.isValid(signature, of: Digest(of: "other bytes"), as: .knowledge))
        #expect(!key.verificationKey.isValid(signature, of: digest, as: .rules))
        let stranger = SigningKey().verificationKey
        #expect(!stranger.isValid(signature, of: digest, as: .knowledge))
        // The stranger's name on the same signature helps as little.
        let forged = try #require(Signature("ed25519 \(stranger.id) \(signature.description.split(separator: " ")[2])"))
        #expect(!stranger.isValid(forged, of: digest, as: .knowledge))
    }

    @Test("A file of signatures has a line for each signer, and the first trusted one is named")
    func list() throws {
        let first = try SigningKey(text: Self.secret)
        let second = SigningKey()
        let text = """
            # released in June

            \(try first.signature(of: digest, as: .knowledge))
            \(try second.signature(of: digest, as: .knowledge))
            """
        let signatures = try #require(Signature.list(text))
        #expect(signatures.count == 2)
        #expect([second.verificationKey].signer(of: digest, as: .knowledge, in: signatures) == second.verificationKey)
        #expect([SigningKey().verificationKey].signer(of: digest, as: .knowledge, in: signatures) == nil)
        #expect([second.verificationKey].signer(of: digest, as: .rules, in: signatures) == nil)
    }

    @Test("What is not a signature is not read as one", arguments: ["x", "ed25519 ab", "ed25519 ab 00", "rsa ab \(String(repeating: "0", count: 128))"])
    func notASignature(line: String) {
        #expect(Signature.list(line) == nil)
    }

    @Test("A file that is no key, or not the half that is needed, is refused and not repeated")
    func refusals() {
        #expect(throws: KeyError.notAKey) { try SigningKey(text: "") }
        #expect(throws: KeyError.notAKey) { try SigningKey(text: "9d61") }
        #expect(throws: KeyError.otherHalf(wanted: .signing)) { try SigningKey(text: Self.publicPEM) }
        #expect(throws: KeyError.otherHalf(wanted: .verification)) { try VerificationKey(text: Self.secretPEM) }
        // The object identifier of X25519 (RFC 8410 §3) in place of Ed25519's.
        let exchange = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VuAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----"
        #expect(throws: KeyError.otherAlgorithm) { try VerificationKey(text: exchange) }
        for half in [KeyHalf.signing, .verification] {
            #expect(!KeyError.otherHalf(wanted: half).description.contains("MC"))
        }
    }
}
