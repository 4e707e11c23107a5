/// The source tables of a knowledge base as plain rows, in the order of their files.
///
/// Nothing here is looked up or joined: a row says what its line says. `KnowledgeBase.init(_:)` joins them and
/// reports every reference that leads nowhere, by table, row and column.
public struct KnowledgeTables: Sendable {
    public var version: KnowledgeVersion
    /// Lists of RxNorm codes that rows share; products and NDCs point into it.
    public var ingredientSets: [[Int]] = []
    /// Dose forms that rows share.
    public var doseForms: [String] = []

    public var ingredients: [IngredientRow] = []
    public var products: [ProductRow] = []
    public var brands: [BrandRow] = []
    public var drugCodes: [NationalDrugCodeRow] = []
    public var atc: [ATCRow] = []

    public var classes: [ClassRow] = []
    public var classMembers: [ClassMemberRow] = []
    public var classParents: [ClassParentRow] = []

    public var interactionRules: [InteractionRuleRow] = []
    public var publicPairs: [PublicPairRow] = []
    /// The rules already expanded to pairs, as a built file holds them; `nil` where they are still to be expanded.
    public var pairs: [PairRow]?
    /// Interactions that a hospital imported, each source apart.
    public var layers: [InteractionLayer] = []

    public var crossReactivities: [CrossReactivityRow] = []
    public var allergenCodes: [AllergenCodeRow] = []
    public var allergenTerms: [AllergenTermRow] = []

    public var valueSetCodes: [ValueSetCodeRow] = []
    public var vaccines: [VaccineRow] = []
    public var facts: [DrugFactRow] = []
    public var patientWarnings: [DrugPatientRow] = []

    public var names: [NameRow] = []
    public var labs: [LabRow] = []
    public var reactions: [ReactionRow] = []
    public var routes: [RouteRow] = []
    public var overrideReasons: [OverrideReasonRow] = []
    public var orderables: [OrderableRow] = []
    public var relationMembers: [RelationMemberRow] = []

    /// All tables of the immunization schedule.
    public var schedule: [ScheduleRow] = []

    public init(version: KnowledgeVersion) {
        self.version = version
    }
}

/// The tables by the names of their files.
public enum KnowledgeTable: String, Sendable, Hashable, CaseIterable {
    case ingredients, products, brands, ndc, atc
    case classes
    case classMembers = "class_members"
    case classParents = "class_parents"
    case interactions
    case interactionPairs = "interaction_pairs"
    case crossReactivity = "cross_reactivity"
    case allergenCodes = "allergen_codes"
    case allergenTerms = "allergen_terms"
    case valuesets, cvx, icd10cm
    case cyp, qt, renal, pregnancy, beers
    case drugDisease = "drug_disease"
    case drugPatient = "drug_patient"
    case acb
    case opioidMME = "opioid_mme"
    case monitoring
    case doseLimits = "dose_limits"
    case labLimits = "lab_limits"
    case routeLimits = "route_limits"
    case cpic
    case testIntervals = "test_intervals"
    case names, labs, reactions, routes
    case overrideReasons = "override_reasons"
    case orderables, relations
    case cdsiGroups = "cdsi_groups"
    case cdsiSeries = "cdsi_series"
    case cdsiDoses = "cdsi_doses"
    case cdsiIntervals = "cdsi_intervals"
    case cdsiVaccines = "cdsi_vaccines"
    case cdsiSkips = "cdsi_skips"
    case cdsiIndications = "cdsi_indications"
    case cdsiContraindications = "cdsi_contraindications"
    case cdsiImmunity = "cdsi_immunity"
    case cdsiVaccineAntigens = "cdsi_cvx_antigen"
    case cdsiConflicts = "cdsi_conflicts"
    case cdsiObservations = "cdsi_observations"
}
