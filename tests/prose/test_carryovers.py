"""What was carried over."""

HEADING = "十一、关于甲厅2030年上年结转结余预算情况说明"


def test_numbered_items(read):
    records = read(
        HEADING,
        "甲厅上年结转结余12.00万元，其中：",
        "1. 2029年第2批20名职工补助（非三保）6.50 万元，主要用于发放补助。",
        "2. 设备JJ03 5.50万元，主要用于租赁1套设备。",
    )
    assert records["carryovers"] == [
        {
            "no": 1,
            "project": "2029年第2批20名职工补助（非三保）",
            "amount": 6.5,
            "purpose": "发放补助",
        },
        {"no": 2, "project": "设备JJ03", "amount": 5.5, "purpose": "租赁1套设备"},
    ]
    assert records["notes"] == []


def test_an_item_cut_by_a_page(read):
    records = read(HEADING, "1. 甲项目 3.00 万", "元，主要用于维修。")
    assert records["carryovers"][0]["amount"] == 3.0


def test_a_number_left_out_is_doubted(read):
    records = read(HEADING, "1. 甲项目3万元，主要用于甲。", "3. 乙项目4万元，主要用于乙。")
    assert [c["no"] for c in records["carryovers"]] == [1, 3]
    assert records["notes"][0]["key"] == "prose.carryover_numbers"


def test_an_item_without_an_amount_is_unplaced(read):
    records = read(HEADING, "1. 第2批项目，主要用于甲。")
    assert records["carryovers"] == []
    assert records["notes"][0]["kind"] == "unplaced"
