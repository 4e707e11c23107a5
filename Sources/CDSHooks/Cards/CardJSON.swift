import Documents

extension Card {
    /// The card as JSON in a client's dialect: no null, nothing empty, `selectionBehavior` where there are suggestions.
    ///
    /// - Source: CDS Hooks 2.0.1, "Card Attributes".
    func json(_ dialect: Dialect) -> JSONValue {
        .compact([
            ("uuid", .string(uuid)),
            ("summary", .string(summary)),
            ("detail", .text(detail)),
            ("indicator", .string(indicator.rawValue)),
            ("source", .compact([("label", .string(source.label)), ("topic", dialect.hasTopics ? source.topic.json : nil)])),
            ("suggestions", .array(suggestions.map { $0.json(dialect) })),
            ("selectionBehavior", suggestions.isEmpty ? nil : .string(dialect.selectionBehavior.rawValue)),
            ("overrideReasons", .array(overrideReasons.map(\.json))),
            ("extension", `extension`),
        ])
    }
}

extension CardCoding {
    fileprivate var json: JSONValue {
        .compact([("code", .string(code)), ("system", .string(system)), ("display", .string(display))])
    }
}

extension Suggestion {
    fileprivate func json(_ dialect: Dialect) -> JSONValue {
        .compact([("label", .string(label)), ("uuid", .string(uuid)), ("actions", .array(actions.map { $0.json(dialect) }))])
    }
}

extension Suggestion.Action {
    fileprivate func json(_ dialect: Dialect) -> JSONValue {
        let (type, member): (String, (String, JSONValue)) = switch change {
        case .create(let resource): ("create", ("resource", resource))
        case .update(let resource): ("update", ("resource", resource))
        case .delete(let id): ("delete", (dialect.deleteForm.rawValue, .string(id)))
        }
        return .compact([("type", .string(type)), ("description", .string(description)), member])
    }
}
