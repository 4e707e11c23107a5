/// Messages about the tables of knowledge.
enum KnowledgePages {
    static let all: [MessagePage] = [
        MessagePage(
            code: "V801", title: "a table that is missing",
            text: "The folder of tables has a file for every table, if only with a row of column names. This table would be `qt.csv`.",
            wrong: "",
            right: "ingredient_rxcui,level,basis,source", file: "qt.csv"),
        MessagePage(
            code: "V802", title: "a column that is missing",
            text: "The first row names the columns; each that is read must be there, in any order.",
            wrong: """
                1️⃣ingredient,atc
                11289,B01AA03
                """,
            right: """
                ingredient_rxcui,atc
                11289,B01AA03
                """, file: "atc.csv"),
        MessagePage(
            code: "V803", title: "a row that is no CSV",
            text: "A text with a comma stands in quotes, a quote within it twice, and every row has as many cells as the first.",
            wrong: """
                code,short_description,vaccine_groups
                1️⃣08,Hep B, adult,HepB
                """,
            right: """
                code,short_description,vaccine_groups
                08,"Hep B, adult",HepB
                """, file: "cvx.csv"),
        MessagePage(
            code: "V805", title: "a number that is none",
            text: "Codes of RxNorm and the like are whole numbers; several in one cell are divided by |.",
            wrong: """
                rxcui,name,tty,base_rxcui,component_rxcuis,unii
                11289,warfarin,IN,,,
                5640,ibuprofen,IN,,,
                1️⃣rx114194,warfarin sodium,PIN,11289,,
                """,
            right: """
                rxcui,name,tty,base_rxcui,component_rxcuis,unii
                11289,warfarin,IN,,,
                5640,ibuprofen,IN,,,
                114194,warfarin sodium,PIN,11289,,
                """, file: "ingredients.csv"),
        MessagePage(
            code: "V806", title: "a word that the column does not have",
            text: "Kinds, routes, severities and the like are fixed words; the message lists them.",
            wrong: """
                kind,key,group
                word,oral,1️⃣mouth
                """,
            right: """
                kind,key,group
                word,oral,oral
                """, file: "routes.csv"),
        MessagePage(
            code: "V807", title: "a row that leads nowhere",
            text: "The row names an ingredient, a class, a set or a code that no table has.",
            wrong: """
                system,class_id,ingredient_rxcui,source
                CDS,1️⃣CDS:nsiad,5640,own
                """,
            right: """
                system,class_id,ingredient_rxcui,source
                CDS,CDS:nsaid,5640,own
                """, file: "class_members.csv"),
        MessagePage(
            code: "V808", title: "an empty cell",
            text: "Something must stand there: a name, a source, a level.",
            wrong: """
                ingredient_rxcui,level,basis,source
                5640,low,a sample,1️⃣
                """,
            right: """
                ingredient_rxcui,level,basis,source
                5640,low,a sample,own
                """, file: "qt.csv"),
    ]
}
