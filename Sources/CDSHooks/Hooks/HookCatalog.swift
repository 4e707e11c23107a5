/// Every hook that we answer.
public enum HookCatalog {
    public static let all: [any Hook] = [
        OrderSelect(),
        OrderSign(),
        PatientView(),
    ]
}
