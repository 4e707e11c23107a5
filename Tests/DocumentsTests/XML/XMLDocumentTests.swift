import Documents
import Testing

@Suite struct XMLDocumentTests {
    // MARK: What is read

    @Test func elementsAttributesAndText() throws {
        let text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <?xml-stylesheet type="text/xsl" href="CDA.xsl"?>
            <!-- before -->
            <a one='1' two="a &lt; b&#x20AC;&#10;c">x<b/>y<!-- within --> z<![CDATA[<raw> & ]]></a>
            <!-- after -->
            """
        let root = try XMLDocument(parsing: text).root
        #expect(root.name == XMLName("a"))
        #expect(root.attribute("one") == "1")
        #expect(root.attribute("two") == "a < b€\nc")
        #expect(root.attribute("three") == nil)
        #expect(root.text == "xy z<raw> & ")
        #expect(root.texts.map(\.text) == ["x", "y z<raw> & "])
        #expect(root.children.map(\.name.local) == ["b"])
        #expect(root.parent == nil)
    }

    @Test func childrenAndDescendants() throws {
        let root = try XMLDocument(parsing: "<a><b><c/><d>1</d></b><e>2</e></a>").root
        #expect(root.children.map(\.name.local) == ["b", "e"])
        #expect(root.descendants.map(\.name.local) == ["b", "c", "d", "e"])
        #expect(root.children.map(\.text) == ["1", "2"])
        #expect(root.descendants.map { $0.parent?.name.local } == ["a", "b", "b", "a"])
    }

    @Test func lineBreaksBecomeLineFeeds() throws {
        let root = try XMLDocument(parsing: "<a b='x\r\ny\tz'>1\r\n2\r3</a>").root
        #expect(root.text == "1\n2\n3")
        #expect(root.attribute("b") == "x y z")
    }

    // MARK: Namespaces

    @Test func namespacesCountAndPrefixesDoNot() throws {
        let text = """
            <h:a xmlns:h="urn:hl7-org:v3" xmlns="urn:other" code="1" h:code="2">
              <h:b xmlns:h="urn:inner"/><c/><d xmlns=""/><h:e/>
            </h:a>
            """
        let root = try XMLDocument(parsing: text).root
        #expect(root.name == XMLName("a", in: "urn:hl7-org:v3"))
        #expect(root.attribute("code") == "1")
        #expect(root.attribute("code", in: "urn:hl7-org:v3") == "2")
        #expect(root.children.map(\.name) == [
            XMLName("b", in: "urn:inner"), XMLName("c", in: "urn:other"), XMLName("d"), XMLName("e", in: "urn:hl7-org:v3"),
        ])
    }

    @Test func typesAreResolvedWhereTheyStand() throws {
        let text = """
            <a xmlns="urn:hl7-org:v3" xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns:c="urn:hl7-org:v3" xmlns:o="urn:o">
              <v i:type="PQ"/><v i:type="c:PQ"/><v i:type="o:PQ"/><v i:type="gone:PQ"/><v type="PQ"/>
            </a>
            """
        let types = try XMLDocument(parsing: text).root.children.map(\.type)
        let quantity = XMLName("PQ", in: "urn:hl7-org:v3")
        #expect(types == [quantity, quantity, XMLName("PQ", in: "urn:o"), nil, nil])
    }

    // MARK: Places

    @Test func placesOfElementsAndAttributes() throws {
        let document = try XMLDocument(parsing: "<a>\n  <bé c=\"1\">x</bé>\n</a>")
        let source = document.source(named: "x.xml")
        let b = try #require(document.root.children.first { _ in true })
        #expect(source.text(in: b.range) == "<bé c=\"1\">x</bé>")
        #expect(source.text(in: b.tag) == "<bé c=\"1\">")
        let attribute = try #require(b.attributeRange("c"))
        #expect(source.text(in: attribute) == "c=\"1\"")
        #expect(source.position(of: attribute.start) == (2, 7))
    }

    // MARK: Encodings

    @Test func encodings() throws {
        let text = "<a>é€</a>"
        let wide = Array(text.utf16)
        let mark: [UInt8] = [0xFF, 0xFE]
        let little: [UInt8] = mark + wide.flatMap { unit -> [UInt8] in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
        let big = wide.flatMap { unit -> [UInt8] in [UInt8(unit >> 8), UInt8(unit & 0xFF)] }
        #expect(try XMLDocument(parsing: little).root.text == "é€")
        #expect(try XMLDocument(parsing: big).root.text == "é€")
        #expect(try XMLDocument(parsing: [0xEF, 0xBB, 0xBF] + Array(text.utf8)).root.text == "é€")
        let latin: [UInt8] = Array("<?xml version='1.0' encoding='ISO-8859-1'?><a>".utf8) + [0xE9] + Array("</a>".utf8)
        #expect(try XMLDocument(parsing: latin).root.text == "é")
        #expect(try XMLDocument(parsing: latin).isTranscoded)
        #expect(try !XMLDocument(parsing: text).isTranscoded)
    }
}
