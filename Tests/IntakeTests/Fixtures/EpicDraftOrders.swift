/// Two draft orders in the shape that Epic sends, made up after its tutorial; no real patient.
let epicDraftOrders = #"""
    {
     "resourceType": "Bundle",
     "type": "collection",
     "entry": [
      {
       "resource": {
        "resourceType": "MedicationRequest",
        "id": "eox9yimTcfipZGnzPbDFDyFKm51zfFoWbSrHAE56.UhQqg0eyN1ygQdvpSfF5PH5nLZjMeI8cFSmj83LDUL4CsJw24-ikWMgISuSw8P1FGNmtjwHsGQeZ52G6SIowp6asvorcBqyt1T5_lQzhk7Q2bmXkthaYWyv1kKB5oiAKCAAfLesTgcfQgWHHxjZ7GFTjM",
        "status": "draft",
        "intent": "order",
        "category": [
         {
          "coding": [
           {
            "system": "http://terminology.hl7.org/CodeSystem/medicationrequest-category",
            "code": "inpatient",
            "display": "Inpatient"
           }
          ],
          "text": "Inpatient"
         }
        ],
        "medicationReference": {
         "reference": "Medication/esrZ0Grr4OApxp9pYGVDpo0ZMH1mxFXgYhyfPkXK.6cY6ibNmRqfgDD3Q5s7KfiMw3PeuYc16f2iPZx1",
         "display": "CODEINE SULFATE 15 MG PO TABS"
        },
        "subject": {
         "reference": "https://ehr.example/interconnect/api/FHIR/R4/Patient/eTestPatient.B",
         "display": "Test, Patient"
        },
        "encounter": {
         "reference": "Encounter/eTestEncounter-3",
         "display": "Hospital Encounter"
        },
        "requester": {
         "extension": [
          {
           "url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason",
           "valueCode": "unknown"
          }
         ]
        },
        "recorder": {
         "reference": "Practitioner/eTestPractitioner3"
        },
        "dosageInstruction": [
         {
          "text": "15 mg, Oral, Every 4 hours PRN",
          "patientInstruction": "",
          "timing": {
           "repeat": {
            "boundsPeriod": {
             "start": "2026-06-30T16:00:00Z"
            },
            "frequency": 1,
            "period": 4.0,
            "periodUnit": "h",
            "timeOfDay": []
           },
           "code": {
            "text": "Every 4 hours PRN"
           }
          },
          "asNeededCodeableConcept": {
           "text": "moderate pain"
          },
          "route": {
           "coding": [
            {
             "system": "urn:oid:1.2.840.114350.1.13.861.1.7.4.798268.7025",
             "code": "15",
             "display": "Oral"
            },
            {
             "system": "http://snomed.info/sct",
             "code": "260548002",
             "display": "Oral"
            }
           ],
           "text": "Oral"
          },
          "doseAndRate": [
           {
            "type": {
             "coding": [
              {
               "system": "http://epic.com/CodeSystem/dose-rate-type",
               "code": "calculated",
               "display": "calculated"
              }
             ],
             "text": "calculated"
            },
            "doseQuantity": {
             "value": 15,
             "unit": "mg",
             "system": "http://unitsofmeasure.org",
             "code": "mg"
            }
           },
           {
            "type": {
             "coding": [
              {
               "system": "http://epic.com/CodeSystem/dose-rate-type",
               "code": "admin-amount",
               "display": "admin-amount"
              }
             ],
             "text": "admin-amount"
            },
            "doseQuantity": {
             "value": 1,
             "unit": "tablet",
             "system": "http://unitsofmeasure.org",
             "code": "{tablet}"
            }
           },
           {
            "type": {
             "coding": [
              {
               "system": "http://epic.com/CodeSystem/dose-rate-type",
               "code": "ordered",
               "display": "ordered"
              }
             ],
             "text": "ordered"
            },
            "doseQuantity": {
             "value": 15,
             "unit": "mg",
             "system": "http://unitsofmeasure.org",
             "code": "mg"
            }
           }
          ]
         }
        ],
        "priorPrescription": null
       }
      },
      {
       "resource": {
        "resourceType": "Medication",
        "id": "esrZ0Grr4OApxp9pYGVDpo0ZMH1mxFXgYhyfPkXK.6cY6ibNmRqfgDD3Q5s7KfiMw3PeuYc16f2iPZx1",
        "code": {
         "coding": [
          {
           "system": "urn:oid:2.16.840.1.113883.6.68",
           "code": "65100020200305"
          },
          {
           "system": "urn:oid:2.16.840.1.113883.6.162",
           "code": "4169"
          },
          {
           "system": "urn:oid:2.16.840.1.113883.6.88",
           "code": "2670"
          },
          {
           "system": "urn:oid:2.16.840.1.113883.6.88",
           "code": "997287"
          },
          {
           "system": "http://www.nlm.nih.gov/research/umls/rxnorm",
           "code": "315624"
          }
         ],
         "text": "codeine 15 mg tablet"
        },
        "form": {
         "coding": [
          {
           "system": "urn:oid:1.2.840.114350.1.13.861.1.7.4.698288.310",
           "code": "TABS",
           "display": "tablet"
          }
         ],
         "text": "tablet"
        },
        "ingredient": [
         {
          "itemCodeableConcept": {
           "coding": [
            {
             "system": "urn:oid:2.16.840.1.113883.6.68",
             "code": "65100020200305"
            },
            {
             "system": "urn:oid:2.16.840.1.113883.6.88",
             "code": "2670"
            }
           ],
           "text": "codeine 15 mg tablet"
          },
          "strength": {
           "numerator": {
            "value": 15,
            "unit": "mg",
            "system": "http://unitsofmeasure.org",
            "code": "mg"
           },
           "denominator": {
            "value": 1,
            "unit": "tablet",
            "system": "http://unitsofmeasure.org",
            "code": "{tbl}"
           }
          }
         }
        ]
       }
      },
      {
       "resource": {
        "resourceType": "MedicationRequest",
        "id": "eemb6ivyQKhVtwu9xaP1Fnd4Nc493WZ0LllvBChf.MoFZEYjyhgLUCPiUCGUfT7EKz0xDodmdChgnUaTMN6bPx1BHf-VWMG0TKmGouHyVHPmasNs6fVu76zoOsfJAVxZ8V2uHtO19wY5_P2gmFxy9L26tnszNy16RH7SUw0RMLxRBmF0HG1frkeFU3rAXhN10r",
        "status": "draft",
        "intent": "order",
        "category": {
         "coding": [
          {
           "system": "http://hl7.org/fhir/medication-request-category",
           "code": "outpatient"
          }
         ]
        },
        "medicationReference": {
         "reference": "Medication/ee0oUcMYuosVw9ueH5h6UNwBkkq5yjBUYegIofs7.vVmg8ddJYVl0kJOus4pVGEhKT7fi7ViounAlkiW",
         "display": "WARFARIN 5 MG PO TABS"
        },
        "subject": {
         "reference": "https://ehr.example/interconnect/api/FHIR/R4/Patient/eTestPatient.B"
        },
        "dosageInstruction": [
         {
          "text": "5 mg, Oral, Daily",
          "doseQuantity": {
           "value": 5,
           "unit": "mg"
          }
         }
        ]
       }
      }
     ]
    }
    """#
