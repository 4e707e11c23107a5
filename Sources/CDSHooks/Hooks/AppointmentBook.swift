public import Engine

/// An appointment is being booked: what is due could be done on the same day.
///
/// The proposed appointments themselves are not read.
///
/// - Source: CDS Hooks library, appointment-book 1.0.
public struct AppointmentBook: Hook {
    public let name = "appointment-book"
    public let context: [ContextField] = [
        .userId, .patientId, .encounterId,
        ContextField("appointments", .bundle, isRequired: true, isPrefetchToken: false),
    ]
    public let subject = HookSubject.patient
    public let occasions: [Occasion] = [.patientView]
    public let title = "Vigil: what is due when an appointment is booked"
    public let description = "Names screenings, follow-up tests, treatments and vaccines that are due or overdue."
    public let usage = "Enable it for staff who book visits and can add a test or a vaccine to them."

    public init() {}
}
