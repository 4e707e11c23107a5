import Documents

extension JSONWriter {
    /// A CodeableConcept of one coding.
    mutating func concept(_ system: String, _ code: String) {
        object { concept in
            concept.member("coding") {
                $0.array { list in
                    list.element {
                        $0.object { coding in
                            coding.member("system", string: system)
                            coding.member("code", string: code)
                        }
                    }
                }
            }
        }
    }
}

/// Systems of codes in which reports speak of measures.
enum MeasureCodes {
    static let population = "http://terminology.hl7.org/CodeSystem/measure-population"
    static let scoring = "http://terminology.hl7.org/CodeSystem/measure-scoring"
    static let improvementNotation = "http://terminology.hl7.org/CodeSystem/measure-improvement-notation"
}
