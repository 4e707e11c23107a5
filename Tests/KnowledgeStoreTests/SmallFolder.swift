#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A folder of small source tables, to be spoilt by a test.
enum SmallFolder {
    /// Writes the tables, each of `changes` in place of its own, and answers the folder.
    static func make(_ name: String, changes: [String: String?] = [:]) -> String {
        let folder = SourceTables.temporary(name)
        mkdir(folder, 0o700)
        for file in Set(tables.keys).union(changes.keys) {
            let content: String? = changes.keys.contains(file) ? changes[file] ?? nil : tables[file]
            unlink("\(folder)/\(file)")
            if let content { SourceTables.write(Array(content.utf8), to: "\(folder)/\(file)") }
        }
        return folder
    }

    /// The header of the tables of limits.
    private static let limits =
        "type,id,name,rule_id,routes,age_from,age_below,conditions,parameter,operator,threshold,upper,unit,dose_above,action,effect,advice,"
        + "source_checked,source"

    static let tables: [String: String] = [
        "VERSION": "2026.0\n",
        "ingredients.csv": #"""
            rxcui,name,tty,base_rxcui,component_rxcuis,unii
            11289,warfarin,IN,,,5Q7ZVV76EI
            5640,ibuprofen,IN,,,
            114194,"warfarin ""sodium""",PIN,11289,,
            """#,
        "products.csv": """
            rxcui,tty,name,ingredient_rxcuis,strength,dose_form,brand
            855332,SCD,Warfarin Sodium 5 MG Oral Tablet,11289,5 MG,Oral Tablet,
            """,
        "brands.csv": "brand,bn_rxcui,ingredient_rxcuis\nCoumadin,202421,11289\n",
        "ndc.csv": "ndc9,ingredient_rxcuis,complete,dose_form,route\n000560172,11289,Y,tablet,oral\n",
        "atc.csv": "ingredient_rxcui,atc\n11289,B01AA03\n",
        "classes.csv": "system,class_id,name,duplicate_therapy,note\nCDS,CDS:nsaid,NSAIDs,Y,FDA EPC\nMOA,N1,Low,,\n",
        "class_members.csv": "system,class_id,ingredient_rxcui,source\nCDS,CDS:nsaid,5640,own\n",
        "class_parents.csv": "system,class_id,parent_id\nMOA,N1,N2\n",
        "interactions.csv": """
            id,a_type,a_id,a_name,b_type,b_id,b_name,severity,onc_list,effect,mechanism,management,evidence,sources
            DDI-001,ingredient,11289,warfarin,class,CDS:nsaid,NSAIDs,major,ONC-HP,"bleeding, severe",m,g,established,label
            """,
        "interaction_pairs.csv": "a_rxcui,a_name,b_rxcui,b_name,ndfrt_severity,sources,ndfrt_nui\n",
        "cross_reactivity.csv": "id,group,a_type,a_id,a_name,b_type,b_id,b_name,relation,risk,advice,source\n",
        "allergen_codes.csv": "system,code,display,target_type,target_id,target_name\n",
        "allergen_terms.csv": "term,target_type,target_id,target_name\n",
        "valuesets.csv": "valueset,name,system,code,display,evidence\nVS:gout,gout,http://hl7.org/fhir/sid/icd-10-cm,M10,,prefix\n",
        "cvx.csv": "code,short_description,vaccine_groups\n08,Hep B,HepB\n",
        "icd10cm.csv": "code,description\nM10,Gout\n",
        "cyp.csv": "ingredient_rxcui,enzyme,role,strength,source\n11289,CYP2C9,substrate,,label\n",
        "qt.csv": "ingredient_rxcui,level,basis,source\n",
        "acb.csv": "ingredient_rxcui,score,basis,source\n",
        "opioid_mme.csv": "ingredient_rxcui,route,unit,factor,source\n",
        "renal.csv": limits + "\n", "dose_limits.csv": limits + "\n", "lab_limits.csv": limits + "\n", "route_limits.csv": limits + "\n",
        "cpic.csv": "ingredient_rxcui,gene,phenotype,recommendation,strength,action,effect,advice,source\n",
        "test_intervals.csv": "type,id,name,days,reason,source\n",
        "pregnancy.csv": "type,id,name,state,level,reason,advice,source\n",
        "beers.csv": "type,id,name,condition,recommendation,reason,source\n",
        "drug_disease.csv": "type,id,name,condition,severity,reason,advice,source\n",
        "drug_patient.csv": "id,topic,drugs,routes,condition,when,severity,effect,management,source\n",
        "monitoring.csv": "type,id,name,rule_id,test,labs,first_due_days,interval_days,baseline,reason,source\n",
        "names.csv": "kind,name,targets,title,source\nclass,pain,CDS:nsaid,pain,own\n",
        "labs.csv": "name,title,codes,unit,molar_mass,valence,lines,plausible_low,plausible_high,source\n",
        "reactions.csv": "name,system,code,display,source\n",
        "routes.csv": "kind,key,group\nword,oral,oral\n",
        "override_reasons.csv": "name,code,system,display\n",
        "orderables.csv": "name,system,code,display\n",
        "relations.csv": "relation,title,group,ingredient_rxcui,source\n",
        "cdsi_conflicts.csv": "previous_cvx,current_cvx,begin,min_end,end,source\n",
        "cdsi_contraindications.csv": "antigen,observations,cvx,begin_age,end_age,source\n",
        "cdsi_cvx_antigen.csv": "cvx,antigen,begin_age,end_age,source\n",
        "cdsi_doses.csv": "antigen,series,dose,abs_min_age,min_age,earliest_rec_age,latest_rec_age,max_age,recurring,season_start,season_end,effective,cessation,source\n",
        "cdsi_groups.csv": "group,antigens,other_names,whole_group,source\n",
        "cdsi_immunity.csv": "antigen,observation,born_before,exceptions,source\n",
        "cdsi_indications.csv": "antigen,series,observations,begin_age,end_age,source\n",
        "cdsi_intervals.csv": "antigen,series,doses,kind,from,abs_min,min,earliest_rec,latest_rec,priority,effective,cessation,source\n",
        "cdsi_observations.csv": "observation,title,source\n",
        "cdsi_series.csv": "antigen,series,type,sex,default,product,group,equivalent_groups,priority,preference,min_age_to_start,max_age_to_start,source\n",
        "cdsi_skips.csv": "antigen,series,doses,context,set_logic,set,condition_logic,type,begin_age,end_age,start,end,interval,comparison,count,dose_type,cvx,series_groups,source\n",
        "cdsi_vaccines.csv": "antigen,series,doses,kind,cvx,begin_age,end_age,source\n",
    ]
}
