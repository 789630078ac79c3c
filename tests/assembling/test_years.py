"""Tables whose rows are years: columns of the year, the year before, and the change."""

from budgetkit.language import language as speaking

HEAD = "“三公”经费支出表\n单位：万元\n预算单位\t年度\t总计\t因公出国（境）费\t公务接待费\n"


def wide(read_text, rows):
    return read_text(HEAD + rows).wide("three_public")


def test_shenzhen_prints_a_row_a_year(read_text):
    rows = (
        "甲局（本级）\t2025年\t9.00\t4.00\t5.00\n\t2026年\t7.00\t1.00\t6.00\n"
        "\t增减变化金额\t-2.00\t-3.00\t1.00\n"
        "甲局服务中心\t2025年\t2.00\t\t2.00\n\t2026年\t3.00\t\t3.00\n"
        "\t增减变化金额\t1.00\t\t1.00\n"
    )
    found = wide(read_text, rows)
    assert found["name"].tolist() == ["甲局（本级）", "甲局服务中心"]
    assert found["level"].tolist() == ["unit", "unit"]
    assert found[["total", "prior", "change"]].to_numpy().tolist() == [[7, 9, -2], [3, 2, 1]]
    assert found[["reception", "prior_reception", "change_reception"]].to_numpy().tolist() == [
        [6, 5, 1],
        [3, 2, 1],
    ]
    assert found.loc[0, "prior_abroad"] == 4


def test_the_note_says_so_in_both_languages(read_text):
    doc = read_text(HEAD + "甲局\t2025年\t9.00\t4.00\t5.00\n甲局\t2026年\t7.00\t1.00\t6.00\n")
    told = []
    for language in ("zh", "en"):
        with speaking(language):
            notes = doc.notes
            told.append(notes.loc[notes["key"] == "years_as_rows", "message"].item())
    assert "2025年" in told[0] and "2025年" in told[1]
    assert told[0] != told[1]


def test_a_total_of_all_units_stays_a_total(read_text):
    rows = "甲局\t2025年\t9.00\t4.00\t5.00\n\t2026年\t7.00\t1.00\t6.00\n"
    found = wide(read_text, rows + rows.replace("甲局", "合计"))
    assert found["level"].tolist() == ["unit", "total"]


def test_without_a_unit_the_row_is_named_after_the_year(read_text):
    head = "“三公”经费支出表\n单位：万元\n年度\t总计\t公务接待费\n"
    doc = read_text(head + "2026年\t7.00\t7.00\n2025年\t9.00\t9.00\n")
    assert doc.wide("three_public")[["name", "total", "prior"]].to_numpy().tolist() == [
        ["2026年", 7, 9]
    ]


def test_rows_of_three_years_or_of_something_else_stay_rows(read_text):
    years = "".join(f"甲局\t{year}年\t9.00\t4.00\t5.00\n" for year in (2024, 2025, 2026))
    assert len(wide(read_text, years)) == 3
    other = "甲局\t2025年\t9.00\t4.00\t5.00\n\t2026年\t7.00\t1.00\t6.00\n\t其他\t1.00\t1.00\t\n"
    assert len(wide(read_text, other)) == 3
