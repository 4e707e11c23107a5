public import Clinical
public import Knowledge

/// Checked rules in the form in which they are asked: indices and constants only.
///
/// Nothing is looked up by a name while a request is answered. Drug sets are expanded once, and each rule hangs on what
/// anchors it, so that rules which the patient cannot touch cost nothing.
public struct Plan: Sendable {
    public let rules: [PlannedRule]
    let drugSets: DrugSetIndex
    let codeSets: CodeSetIndex
    let labs: [LabDefinition]
    let sharedFactCount: Int
    /// Which rules to ask, for each occasion that any rule answers.
    private let anchors: [Occasion: AnchorIndex]
    /// Active care-gap rules, in the order of the plan.
    let gaps: [PlannedRule]
    /// The measures among the active rules; one in shadow is asked by the hook alone, for the journal.
    public let measures: MeasurePlan
    private let needsByOccasion: [Occasion: DataNeeds]

    init(
        rules: [PlannedRule], drugSets: DrugSetIndex, codeSets: CodeSetIndex, labs: [LabDefinition], sharedFactCount: Int,
        measures: MeasureBuilder
    ) {
        self.rules = rules
        self.drugSets = drugSets
        self.codeSets = codeSets
        self.labs = labs
        self.sharedFactCount = sharedFactCount
        gaps = rules.filter { $0.isShown && $0.gap != nil }
        self.measures = MeasurePlan(rules.filter(\.isShown).compactMap(PlannedMeasure.init), builder: measures)
        var needs: [Occasion: (sections: Set<RecordSection>, codes: Set<String>, kinds: Set<RecordEvent.Kind>)] = [:]
        for rule in rules {
            for occasion in rule.occasions {
                needs[occasion, default: ([.patient], [], [])].sections.formUnion(rule.needs.sections)
                needs[occasion, default: ([.patient], [], [])].codes.formUnion(rule.needs.observationCodes)
                needs[occasion, default: ([.patient], [], [])].kinds.formUnion(rule.needs.eventKinds)
            }
        }
        anchors = Dictionary(uniqueKeysWithValues: needs.keys.map { ($0, AnchorIndex(rules, on: $0)) })
        needsByOccasion = needs.mapValues {
            DataNeeds(sections: $0.sections, observationCodes: $0.codes.sorted(), eventKinds: $0.kinds)
        }
    }

    /// Codes by which rules look for entries of the record, whatever the kind. An entry whose codes are all of other systems than
    /// ICD-10-CM, of which categories are looked for too, and are not among these is found by none.
    public var entryCodes: Set<String> { codeSets.codes }

    /// What the rules that answer an occasion read of the record.
    public func needs(on occasion: Occasion) -> DataNeeds {
        needsByOccasion[occasion] ?? DataNeeds(sections: [.patient])
    }

    /// Which rules of an occasion hang on what.
    func anchors(on occasion: Occasion) -> AnchorIndex { anchors[occasion] ?? AnchorIndex() }

    /// Rules that answer an occasion.
    public func ruleCount(on occasion: Occasion) -> Int {
        rules.count { $0.occasions.contains(occasion) }
    }
}

/// Collects sets of drugs and codes while rules are checked, each distinct set once.
public struct PlanBuilder: Sendable {
    private var drugSets: [[IngredientID]] = []
    private var drugSetIDs: [[IngredientID]: DrugSetID] = [:]
    private var codeSets: [CodeSet] = []
    private var codeSetIDs: [String: CodeSetID] = [:]
    private var labs: [LabDefinition] = []
    private var labIDs: [String: LabID] = [:]
    private var sharedFacts: [FactDefinition: SharedFactID] = [:]

    public init() {}

    /// The number of a set of ingredients; equal sets have one number.
    public mutating func drugSet(_ members: some Sequence<IngredientID>) -> DrugSetID {
        let sorted = Array(Set(members)).sorted()
        if let known = drugSetIDs[sorted] { return known }
        let id = DrugSetID(index: Int32(drugSets.count))
        drugSets.append(sorted)
        drugSetIDs[sorted] = id
        return id
    }

    /// The members of a set made before.
    public func members(of set: DrugSetID) -> [IngredientID] {
        drugSets[Int(set.index)]
    }

    /// The number of a set of codes; `name` tells sets apart and must name kind and set.
    public mutating func codeSet(_ set: CodeSet, as name: String) -> CodeSetID {
        if let known = codeSetIDs[name] { return known }
        let id = CodeSetID(index: Int32(codeSets.count))
        codeSets.append(set)
        codeSetIDs[name] = id
        return id
    }

    /// The number of a lab, by the lab's name.
    public mutating func lab(_ lab: LabDefinition) -> LabID {
        if let known = labIDs[lab.name] { return known }
        let set = CodeSet(name: lab.name, title: lab.title, codes: lab.codes, source: lab.source)
        let id = LabID(index: Int32(labs.count), codes: codeSet(set, as: "lab \(lab.name)"))
        labs.append(lab)
        labIDs[lab.name] = id
        return id
    }

    /// A lab made before.
    public func lab(_ id: LabID) -> LabDefinition? {
        Int(id.index) < labs.count ? labs[Int(id.index)] : nil
    }

    /// The number of a fact that hangs on the record alone, so that it is worked out once for all rules; nothing for another.
    public mutating func sharedFact(_ definition: FactDefinition) -> SharedFactID? {
        guard definition.isOfRecordAlone else { return nil }
        if let known = sharedFacts[definition] { return known }
        let id = SharedFactID(index: Int32(sharedFacts.count))
        sharedFacts[definition] = id
        return id
    }

    /// The plan of these rules, whose sets were all made by this builder.
    public func plan(_ rules: [PlannedRule], measures: MeasureBuilder = MeasureBuilder()) -> Plan {
        Plan(
            rules: rules, drugSets: DrugSetIndex(drugSets), codeSets: CodeSetIndex(codeSets), labs: labs,
            sharedFactCount: sharedFacts.count, measures: measures)
    }
}
