import Documents

extension Card {
    /// Writes the card in a client's dialect: no null, nothing empty, `selectionBehavior` where there are suggestions.
    ///
    /// - Source: CDS Hooks 2.0.1, "Card Attributes".
    func write(to writer: inout JSONWriter, _ dialect: Dialect) {
        writer.object { card in
            card.member("uuid", text: uuid)
            card.member("summary", text: summary)
            card.member("detail", text: detail)
            card.member("indicator", text: indicator.rawValue)
            source.write(to: &card, hasTopic: dialect.hasTopics)
            card.member("suggestions", each: suggestions) { $0.write(to: &$1, dialect) }
            if !suggestions.isEmpty { card.member("selectionBehavior", text: dialect.selectionBehavior.rawValue) }
            card.member("overrideReasons", each: overrideReasons) { $0.write(to: &$1) }
            card.member("extension", value: `extension`?.orNothing)
        }
    }
}

extension Card.Source {
    fileprivate func write(to card: inout JSONWriter, hasTopic: Bool) {
        let topic = hasTopic && !topic.isEmpty ? topic : nil
        guard !label.isEmpty || topic != nil else { return }
        card.member("source") { value in
            value.object { source in
                source.member("label", text: label)
                if let topic { source.member("topic") { topic.write(to: &$0) } }
            }
        }
    }
}

extension CardCoding {
    fileprivate var isEmpty: Bool { code.isEmpty && system.isEmpty && display.isEmpty }

    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { coding in
            coding.member("code", text: code)
            coding.member("system", text: system)
            coding.member("display", text: display)
        }
    }
}

extension Suggestion {
    fileprivate func write(to writer: inout JSONWriter, _ dialect: Dialect) {
        writer.object { suggestion in
            suggestion.member("label", text: label)
            suggestion.member("uuid", text: uuid)
            suggestion.member("actions", each: actions) { $0.write(to: &$1, dialect) }
        }
    }
}

extension Suggestion.Action {
    fileprivate func write(to writer: inout JSONWriter, _ dialect: Dialect) {
        writer.object { action in
            switch change {
            case .create: action.member("type", text: "create")
            case .update: action.member("type", text: "update")
            case .delete: action.member("type", text: "delete")
            }
            action.member("description", text: description)
            switch change {
            case .create(let resource), .update(let resource): action.member("resource", value: resource.orNothing)
            case .delete(let id): action.member(dialect.deleteForm.rawValue, text: id)
            }
        }
    }
}
