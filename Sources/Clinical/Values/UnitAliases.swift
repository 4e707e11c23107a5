/// What people write for a unit, listed; nothing is guessed.
///
/// - Source: ISMP list of error-prone abbreviations and FDA label usage for the doses; LOINC's UCUM mapping for the
///   laboratory forms; RxNorm's `MG`, `UNT` and `MEQ` are read by the knowledge build and not here, since `MG` is UCUM's
///   megagauss.
enum UnitAliases {
    /// Whole texts that stand for a unit, also where UCUM would read something else: `K/uL` is no kelvin per microlitre.
    static let whole: [String: String] = {
        var texts: [String: String] = [
            "ft": "[ft_i]", "pH": "[pH]", "bpm": "{beats}/min", "BPM": "{beats}/min", "units/L": "U/L", "Units/L": "U/L", "unit/L": "U/L",
            "m/uL": "10*6/uL", "mill/uL": "10*6/uL", "million/uL": "10*6/uL", "M/uL": "10*6/uL", "M/mcL": "10*6/uL",
            "mmHg": "mm[Hg]", "mm Hg": "mm[Hg]", "mm/Hg": "mm[Hg]", "cmH2O": "cm[H2O]", "cm H2O": "cm[H2O]",
            "kg/m^2": "kg/m2", "kg/m²": "kg/m2", "mg/24h": "mg/d", "mg/24hr": "mg/d", "g/24h": "g/d", "mL/24h": "mL/d",
        ]
        for thousand in ["K", "k", "thou", "Thou", "thousand", "Thousand", "THOUSAND"] {
            for volume in ["uL", "ul", "mcL", "mcl", "UL", "µL", "μL"] { texts["\(thousand)/\(volume)"] = "10*3/uL" }
        }
        return texts
    }()

    /// Parts of a text between the strokes.
    static let components: [String: String] = {
        var parts = words
        for exponent in [3, 6, 9, 12] {
            for form in ["x10*", "x10^", "X10*", "X10^", "x 10*", "x 10^", "10E", "10e", "x10E", "x10e", "X10E", "x 10E"] {
                parts["\(form)\(exponent)"] = "10*\(exponent)"
            }
        }
        return parts
    }()

    private static let words: [String: String] = [
        // Masses
        "mcg": "ug", "mcgs": "ug", "microgram": "ug", "micrograms": "ug", "milligram": "mg", "milligrams": "mg", "mgs": "mg",
        "gram": "g", "grams": "g", "gm": "g", "gms": "g", "kilogram": "kg", "kilograms": "kg", "kgs": "kg", "Kg": "kg",
        "nanogram": "ng", "nanograms": "ng", "lb": "[lb_av]", "lbs": "[lb_av]", "pound": "[lb_av]", "pounds": "[lb_av]",
        "oz": "[oz_av]", "ounce": "[oz_av]", "ounces": "[oz_av]",
        // Volumes
        "cc": "mL", "mls": "mL", "mLs": "mL", "milliliter": "mL", "milliliters": "mL", "millilitre": "mL", "mcL": "uL",
        "mcl": "uL", "liter": "L", "liters": "L", "litre": "L", "litres": "L", "deciliter": "dL", "microliter": "uL",
        // Lengths and areas
        "in": "[in_i]", "inch": "[in_i]", "inches": "[in_i]", "feet": "[ft_i]", "foot": "[ft_i]", "cms": "cm",
        "centimeter": "cm", "centimeters": "cm", "meter": "m", "meters": "m", "m^2": "m2", "m²": "m2", "sq m": "m2",
        "m^3": "m3", "mm^3": "mm3", "cm^2": "cm2",
        // Amounts
        "mEq": "meq", "mEqs": "meq", "MEq": "meq", "Eq": "eq", "uEq": "ueq", "mOsm": "mosm", "mosmol": "mosm",
        "mOsmol": "mosm", "Osm": "osm", "mcmol": "umol", "micromol": "umol", "mmole": "mmol", "mmoles": "mmol",
        "millimole": "mmol",
        // Units of activity
        "IU": "[iU]", "IUs": "[iU]", "mIU": "m[iU]", "uIU": "u[iU]", "mcIU": "u[iU]", "kIU": "k[iU]", "units": "[iU]",
        "unit": "[iU]", "Units": "[iU]", "Unit": "[iU]", "international units": "[iU]", "international unit": "[iU]",
        "int'l units": "[iU]", "USP units": "[USP'U]", "USP unit": "[USP'U]", "CFU": "[CFU]", "cfu": "[CFU]",
        "milliunits": "m[iU]",
        // Times
        "sec": "s", "secs": "s", "second": "s", "seconds": "s", "minute": "min", "minutes": "min", "mins": "min",
        "hr": "h", "hrs": "h", "hour": "h", "hours": "h", "day": "d", "days": "d", "24h": "d", "24 h": "d", "24hr": "d",
        "24 hr": "d", "24hrs": "d", "24 hrs": "d", "24 hours": "d", "24H": "d", "week": "wk", "weeks": "wk", "wks": "wk",
        "month": "mo", "months": "mo", "year": "a", "years": "a", "yr": "a", "yrs": "a",
        // Temperature, pressure, energy, fractions
        "°C": "Cel", "degC": "Cel", "deg C": "Cel", "degrees C": "Cel", "Celsius": "Cel", "celsius": "Cel",
        "°F": "[degF]", "degF": "[degF]", "deg F": "[degF]", "degrees F": "[degF]", "Fahrenheit": "[degF]",
        "mmHg": "mm[Hg]", "mm Hg": "mm[Hg]", "cmH2O": "cm[H2O]", "cm H2O": "cm[H2O]", "percent": "%", "pct": "%",
        "kilocalories": "kcal", "calories": "kcal",
        // Counts
        "beats": "{beats}", "beat": "{beats}", "breaths": "{breaths}", "breath": "{breaths}", "cells": "{cells}",
        "cell": "{cells}", "copies": "{copies}", "copy": "{copies}", "dose": "{dose}", "doses": "{dose}",
        "tablet": "{tbl}", "tablets": "{tbl}", "tab": "{tbl}", "tabs": "{tbl}", "capsule": "{capsule}",
        "capsules": "{capsule}", "cap": "{capsule}", "caps": "{capsule}", "puff": "{puff}", "puffs": "{puff}",
        "actuation": "{actuation}", "actuations": "{actuation}", "drop": "{drop}", "drops": "{drop}", "gtt": "{drop}",
        "patch": "{patch}", "patches": "{patch}", "INR": "{INR}", "score": "{score}", "ratio": "{ratio}", "points": "{score}",
        "episodes": "{episodes}", "times": "{times}", "thousand": "10*3", "million": "10*6", "billion": "10*9",
    ]
}

extension Unit {
    /// Reads a text that is in no table: UCUM first, then UCUM with listed aliases between its strokes.
    init(reading text: String) throws(UnitError) {
        guard text.utf8.count <= 100 else { throw .tooComplex }
        let plain = BodySurface.normalize(Self.plain(text))
        guard !plain.isEmpty else { throw .empty }
        if let known = UnitCatalog.texts[plain] ?? UnitCatalog.codes[plain] {
            self = known
        } else if let unit = try? Unit(parsing: plain) {
            self = unit
        } else {
            let parts = plain.split(separator: "/", omittingEmptySubsequences: false).map { part in
                let part = Self.trimmed(part)
                return UnitAliases.components[part] ?? part
            }
            do throws(UnitError) {
                try self.init(parsing: parts.joined(separator: "/"))
            } catch {
                throw .unknownUnit(text, suggestion: nil)
            }
        }
    }

    /// Both micro signs as `u`, raised digits as digits, `per` as a stroke, no blanks at the ends.
    private static func plain(_ text: String) -> String {
        var plain = ""
        for character in text {
            switch character {
            case "µ", "μ": plain.append("u")
            case "²": plain.append("2")
            case "³": plain.append("3")
            case "\u{A0}": plain.append(" ")
            default: plain.append(character)
            }
        }
        let words = plain.split(separator: " ")
        guard words.contains("per") else { return trimmed(plain[...]) }
        return words.map { $0 == "per" ? "/" : String($0) }.joined(separator: " ")
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text
        while text.first == " " { text = text.dropFirst() }
        while text.last == " " { text = text.dropLast() }
        return String(text)
    }
}
