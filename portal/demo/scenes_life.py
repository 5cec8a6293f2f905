"""Scenes of the demo pictures: town life, culture, sport, weather and building."""

import math

from portal.demo.canvas import (
    BLUE,
    CREAM,
    DAY,
    EVENING,
    GOLD,
    HAIR,
    HERE,
    NAVY,
    RED,
    SKIN,
    WIDTH,
    Canvas,
    Pose,
)


def library(c: Canvas) -> None:
    c.rect((0, 0, WIDTH, 780), ("#1F4A63", "#2B6277"))
    c.rect((0, 780, WIDTH, 220), ("#9A6A42", "#6E4629"))
    c.blot([(800, 330, 190, 200)], CREAM, 335)
    c.rect((610, 330, 380, 330), CREAM)
    c.blot([(800, 330, 172, 182)], ("#1B98BF", "#49BAD4"), 331)
    c.rect((628, 330, 344, 312), ("#49BAD4", "#CDEBE6", "#FBE3AE"))
    c.glow(880, 470, 130, "#FFF0BF", 0.9)
    c.disc(880, 470, 34, "#FFF0BF")
    c.shape(
        HERE,
        "628,560 628,560 720,530 820,560 900,535 972,556 972,556 972,642 972,642 628,642 628,642",
        ("#8DB27A", "#4F8758"),
    )
    for box in ((792, 145, 16, 510), (628, 322, 344, 14), (628, 490, 344, 10), (590, 642, 420, 26)):
        c.rect(box, CREAM)
    colours = (RED, BLUE, GOLD, NAVY, "#3D7A5B", CREAM, "#8A4B6B", "#2C7F9E", "#D98B3A", "#5B6E8C")
    for left in (40, 1070):
        c.rect((left - 22, 60, 534, 720), "#6E4629")
        for shelf in range(4):
            top = 85 + shelf * 172
            c.rect((left, top, 490, 152), ("#3C2516", "#53341F"))
            x: float = left + 6
            while x < left + 440:
                w, h = c.random.uniform(17, 38), c.random.uniform(95, 138)
                colour = c.random.choice(colours)
                c.rect((x, top + 152 - h, w - 2, h), colour)
                for band in (0.14, 0.8):
                    c.rect((x, top + 152 - h * (1 - band), w - 2, 6), "#FFF6E088")
                c.rect((x + w - 7, top + 152 - h, 5, h), "#10254A33")
                x += w
            c.cut(
                HERE,
                f"{x + 8},{top + 152} {x + 26},{top + 152} {x + 48},{top + 50} {x + 31},{top + 46}",
                BLUE,
            )
            c.rect((left - 22, top + 152, 534, 20), "#8A5A36")
    p = Pose(760, 850, 4.2)
    c.shape(p, "-30,0 -32,-40 -24,-62 0,-68 24,-62 32,-40 30,0", ("#E0613F", "#B9452D"))
    c.limb(p, "0,-72,13 0,-62,14", SKIN)
    c.shape(p, "-19,-60 -22,-88 -15,-108 0,-113 15,-108 22,-88 19,-60 11,-66 -11,-66", HAIR)
    c.limb(p, "0,-72,12 0,-62,13", SKIN)
    c.shape(p, "-13,-86 -12,-98 0,-103 12,-98 13,-86 8,-74 0,-70 -8,-74", SKIN)
    c.shape(p, "-15,-88 -13,-104 0,-110 13,-104 15,-88 8,-98 -4,-99", HAIR)
    for side in (-1, 1):
        c.limb(p, f"{side * 26},-52,14 {side * 33},-24,13 {side * 14},-10,9", "#C9502F")
        c.limb(p, f"{side * 13},-10,9 {side * 9},-9,8", SKIN)
        c.limb(p, f"{side * 7},-84,2 {side * 3},-84,2", HAIR)
    c.rect((330, 845, 1010, 40), ("#D8A165", "#B87C45"))
    c.rect((370, 885, 930, 115), ("#8A5A36", "#6B4226"))
    c.shape(
        p,
        "0,-2 -14,-8 -34,-4 -34,-4 -40,-22 -40,-22 -20,-27 0,-20 20,-27 40,-22 40,-22 34,-4 34,-4 14,-8",
        ("#FFFFFF", "#E9DCC0"),
    )
    c.line(p, "0,-20 0,-2", "#B9A98A", 1)
    for x, y, w, colour in (
        (430, 823, 170, NAVY),
        (440, 801, 150, GOLD),
        (425, 779, 165, "#3D7A5B"),
    ):
        c.rect((x, y, w, 22), colour, 4)
        c.rect((x + w - 30, y + 4, 30, 14), CREAM)
    c.glow(1170, 720, 330, "#FFDF8A", 0.6)
    c.limb(Pose(1190, 845), "-50,0,14 50,0,14", "#B98A2E")
    c.limb(Pose(1190, 845), "0,0,12 0,-150,12", "#B98A2E")
    c.cut(Pose(1190, 690), "-95,30 95,30 55,-50 -55,-50", ("#1FA58C", "#12705F"))


def concert_dombra(c: Canvas) -> None:
    c.rect((0, 0, WIDTH, HALL), ("#0B1B3D", "#163A6B"))
    for i in range(20):
        c.poly(
            [(i * 84, 0), (i * 84 + 40, 0), (i * 84 + 34, HALL), (i * 84 - 6, HALL)],
            ("#FFFFFF0A", "#5FA3D233"),
        )
    c.rect((0, HALL, WIDTH, 260), ("#B87C45", "#6E4023"))
    c.rect((0, HALL, WIDTH, 8), "#E0A765")
    for x, near in ((560, 200), (800, 800), (1040, 1400)):
        c.poly(
            [
                (x - 30, -10),
                (x + 30, -10),
                (near * 0.25 + 800 * 0.75 + 250, 800),
                (near * 0.25 + 800 * 0.75 - 250, 800),
            ],
            ("#FFF2C055", "#FFF2C012"),
        )
    c.disc(800, 815, 400, "#FFE7A555", 52)
    for i in range(11):
        c.horns(60 + i * 148, 70, 32, GOLD)
    c.rect((0, 128, WIDTH, 6), GOLD)
    for side, face in ((0, 1), (WIDTH, -1)):
        q = Pose(side, 0, 1, face)
        c.shape(
            q, "-60,-40 240,-40 250,200 190,480 120,640 140,860 -60,860", ("#A83A2E", "#6B1F24")
        )
        for x in (40, 100, 160):
            c.shape(
                q,
                f"{x},-40 {x + 26},-40 {x + 10},400 {x * 0.5 + 30},760 {x * 0.5 + 10},700 {x - 10},380",
                "#00000026",
            )
        c.cut(q, "-10,620 128,600 132,640 -10,662", GOLD)
    p = Pose(800, 830, 5.3)
    c.rect((690, 640, 220, 180), ("#6E4629", "#442818"))
    for leg in ("-14,-44,20 -34,-34,17 -30,-6,11", "14,-44,20 36,-36,17 32,-6,11"):
        c.limb(p, leg, "#1B2C55")
    c.limb(p, "-30,-4,10 -42,-1,7", "#5A2E1E")
    c.limb(p, "32,-4,10 44,-1,7", "#5A2E1E")
    c.shape(p, "-17,-96 0,-100 17,-96 24,-62 30,-30 0,-34 -30,-30 -24,-62", ("#12B0C9", "#0A7A9C"))
    c.cut(p, "-4,-99 4,-99 6,-33 -6,-33", GOLD)
    c.limb(p, "-29,-32,4 0,-35,4 29,-32,4", GOLD)
    for y in (-52, -70):
        for side in (-1, 1):
            c.horns(p.x + side * 75, p.y + y * p.k, 13, GOLD)
    c.limb(p, "0,-108,10 0,-99,11", "#C98C64")
    c.shape(p, "-11,-112 -10,-124 0,-128 10,-124 11,-112 6,-103 0,-101 -6,-103", SKIN)
    c.shape(p, "-13,-119 -12,-131 0,-137 12,-131 13,-119 0,-122", NAVY)
    c.limb(p, "-12,-121,4 0,-123,4 12,-121,4", GOLD)
    for x in (-5, 5):
        c.limb(p, f"{x - 2},-114,1.2 {x + 2},-114,1.2", HAIR)
    c.limb(p, "-4,-107,1.6 4,-107,1.6", HAIR)
    c.limb(p, "19,-58,3.6 78,-105,3.2 92,-116,5", "#8A4B22")
    c.shape(p, "26,-65 18,-52 0,-39 -14,-36 -21,-45 -17,-57 -4,-68 14,-72", ("#E9A453", "#A85C22"))
    c.shape(p, "21,-63 14,-53 0,-43 -11,-40 -16,-46 -12,-55 -2,-63 12,-67", ("#F4C27A", "#D08A40"))
    c.disc(p.x + 4, p.y - 55 * p.k, 17, "#5A2E14")
    for shift in (-0.8, 0.8):
        c.line(p, f"-9,{-45 + shift} 86,{-111.5 + shift}", CREAM, 0.5)
    c.limb(p, "16,-90,12 36,-76,11 52,-84,8", "#0E90AE")
    c.limb(p, "52,-84,8 56,-88,7", SKIN)
    c.limb(p, "-17,-90,13 -30,-66,12 -8,-58,8", "#0E90AE")
    c.limb(p, "-9,-58,8 0,-55,7", SKIN)
    for i in range(19):
        x, r = i * 90 + c.random.uniform(-18, 18), c.random.uniform(38, 48)
        c.blot([(x, 1010, r * 1.9, r * 1.5), (x, 920, r, r * 1.15)], "#0A1630")


HALL = 740


def horse_race(c: Canvas) -> None:
    c.sky(*DAY, to=560)
    c.cloud(360, 190, 460)
    c.cloud(1260, 240, 380)
    c.hills(430, 60, ("#6FA0B4", "#9FC0B8"), 1.7)
    c.hills(510, 35, ("#8DAE7A", "#C0B866"), 1.2)
    c.rect((0, 560, WIDTH, 440), ("#DDBB62", "#C9963C", "#9A6A28"))
    for i in range(44):
        x, h = i * 37 + c.random.uniform(-8, 8), c.random.uniform(50, 62)
        c.person(Pose(x, 600, h / 100), c.random.choice((RED, BLUE, NAVY, GOLD, CREAM, "#3D7A5B")))
    c.rect((0, 588, WIDTH, 8), CREAM)
    for i in range(17):
        c.rect((i * 100, 575, 7, 45), CREAM)
    for x in range(130, 1600, 330):
        c.flag(x, 600, 190)
    for x, y, k, coat, mane, shirt in (
        (1290, 745, 1.75, "#8A5A3A", "#3A2418", GOLD),
        (640, 770, 1.9, "#C9C4BC", "#7A7672", "#3D8A5B"),
        (980, 850, 2.3, "#3A2A2A", "#1C1518", BLUE),
        (400, 930, 2.7, "#9A4F2A", "#4A2416", RED),
    ):
        c.blot(
            [
                (x - (70 + i * 42) * k, y - (4 + i % 3 * 6) * k, (30 + i * 5) * k, (14 + i * 4) * k)
                for i in range(4)
            ],
            ("#FBE6B8AA", "#E9C47C88"),
            y + 8 * k,
        )
        c.disc(x, y + 4, 100 * k, "#4A2E1055", 7 * k)
        p = Pose(x, y, k)
        c.horse(p, coat, mane)
        c.cut(p, "-16,-82 14,-84 14,-66 -14,-64", shirt)
        c.limb(p, "-6,-92,15 14,-74,11 2,-54,8 8,-50,7", CREAM)
        c.shape(p, "-16,-90 -10,-108 12,-122 24,-118 22,-106 4,-90 -8,-84", shirt)
        c.limb(p, "18,-114,9 30,-98,7 44,-96,6", shirt)
        c.line(p, "44,-96 78,-86", HAIR, 1.6)
        c.limb(p, "27,-125,14 28,-124,13", SKIN)
        c.shape(p, "18,-126 20,-135 28,-138 36,-134 40,-128 30,-129", shirt)
    c.grass(1005, 70, 60, "#7A5220")


def yurt_festival(c: Canvas) -> None:
    c.sky(*DAY, to=640)
    c.cloud(260, 260, 360)
    c.cloud(820, 180, 420)
    c.hills(520, 60, ("#6FA9A8", "#A5CBA5"), 1.6)
    c.hills(590, 35, ("#93BB62", "#B9CB6A"), 1.2)
    c.rect((0, 640, WIDTH, 360), ("#A9C75E", "#6FA046", "#46803E"))
    c.yurt(680, 690, 270, "#2C7F9E")
    c.yurt(400, 720, 330)
    for leg in (
        "60,740,9 150,430,8 160,400,8",
        "250,740,9 165,430,8 155,400,8",
        "560,700,1 560,700,1",
    ):
        c.limb(HERE, leg, "#7A4A2A")
    c.yurt(1150, 810, 700)
    for a, b in (((-20, 330), (560, 240)), ((560, 240), (1150, 210)), ((1150, 210), (1640, 330))):
        c.bunting(a, b, 45)
    for x, top in ((560, 235), (1150, 205)):
        c.rect((x - 5, top, 10, 700 - top if x < 900 else 60), "#7A4A2A")
    crowd = (
        (130, 850, 2.3, RED, True),
        (235, 860, 2.4, NAVY, False),
        (450, 830, 1.9, GOLD, True),
        (540, 835, 2, "#2C7F9E", False),
        (640, 900, 2.6, "#FFFFFF", True),
        (760, 870, 1.6, RED, False),
        (1540, 880, 2.4, "#3D7A5B", False),
    )
    for x, y, k, coat, dress in crowd:
        c.disc(x, y, 24 * k, "#1F4B3A55", 4 * k)
        hands = "-24,-62 22,-94" if coat in (RED, GOLD) else "-16,-46 17,-46"
        c.person(Pose(x, y, k), coat, hands, dress, "#8E2F22" if not dress else coat)
        if dress:
            for n in (-1, 0, 1):
                c.horns(x + n * 9 * k, y - 20 * k, 3.2 * k, NAVY if coat == GOLD else GOLD)
    c.grass(1005, 90, 70, "#2F6436")


def snowstorm(c: Canvas) -> None:
    c.sky("#4E6B88", "#7F9BB2", "#B5C7D3", "#D3DDE3")
    c.hills(560, 40, ("#A3B7C7", "#BFCDD7"), 1.3)
    c.rect((0, 640, WIDTH, 360), ("#C3D1DB", "#F2F6F8"))
    c.cut(HERE, "1180,640 1230,640 1300,1000 -300,1000", ("#A9BAC8", "#8497A9"))
    for x, k, tone in (
        (1150, 0.9, "#93A8B8"),
        (1060, 1.5, "#7F94A6"),
        (880, 2.5, "#667C90"),
        (500, 4.2, "#4C6277"),
    ):
        q = Pose(x, 640 + k * 34, k)
        c.line(q, "0,0 0,-130", tone, 3)
        c.line(q, "-16,-118 16,-118", tone, 3)
    c.poly([(690, 730), (690, 770), (-200, 1010), (-200, 640)], ("#FFF2B0CC", "#FFF2B033"))
    p = Pose(960, 850, 3)
    c.disc(960, 855, 380, "#3A506688", 26)
    c.cut(p, "-10,-40 118,-40 118,-28 -10,-28", "#26364A")
    c.cut(p, "12,-100 126,-100 116,-40 12,-40", ("#FFB526", "#D9820F"))
    c.cut(p, "8,-108 130,-108 126,-98 10,-98", "#B96A0C")
    c.shape(p, "18,-106 30,-122 60,-128 90,-124 118,-106", "#F2F6F8")
    c.cut(p, "-80,-26 6,-26 6,-118 -58,-118 -72,-74 -80,-68", ("#FF8A2B", "#D9571A"))
    c.cut(p, "-53,-110 -22,-110 -22,-76 -65,-76", ("#CFE6EE", "#5C8CA8"))
    c.cut(p, "-16,-110 2,-110 2,-76 -16,-76", "#5C8CA8")
    c.cut(p, "-64,-122 8,-122 8,-116 -62,-116", "#F2F6F8")
    c.rect((880, 470, 46, 26), GOLD, 8)
    c.glow(903, 480, 130, GOLD, 0.8)
    for x in (-46, 58, 96):
        c.wheel(p.x + x * 3, 806, 52, "#8A98A6")
    c.shape(p, "-84,-52 -100,-46 -108,-20 -126,2 -122,6 -92,4 -80,-20", ("#E8B21A", "#A87A0C"))
    c.disc(p.x - 222, p.y - 150, 18, "#FFF8D8")
    c.glow(p.x - 230, p.y - 150, 170, "#FFF6CC", 0.95)
    c.blot(
        [
            (600, 850, 90, 60),
            (510, 860, 100, 90),
            (650, 860, 80, 44),
            (430, 870, 90, 50),
            (560, 800, 60, 50),
        ],
        ("#FFFFFF", "#D6E2EA"),
        880,
    )
    c.hills(925, 26, ("#FFFFFF", "#CEDCE6"), 1.1)
    for i in range(520):
        x, y = c.random.uniform(-50, 1650), c.random.uniform(-20, 1000)
        near = (i % 13 == 0) * 5 + c.random.uniform(1.5, 4.5)
        c.limb(Pose(x, y, near), "0,0,1.6 7,-3.2,.5", "#FFFFFFD0")
    for _ in range(26):
        x, y, w = (
            c.random.uniform(-200, 1500),
            c.random.uniform(60, 960),
            c.random.uniform(200, 520),
        )
        c.limb(Pose(x, y), f"0,0,2 {w / 2},{-w * 0.2},7 {w},{-w * 0.48},2", "#FFFFFF2E")


def greenhouse(c: Canvas) -> None:
    c.sky("#58BBD6", "#BFE7EA", "#F4F6DE")
    c.sun(1130, 210, 60)
    vx, vy = 800, 500
    c.poly(
        [(vx - 40, vy + 20), (vx + 40, vy + 20), (3200, 1400), (-1600, 1400)],
        ("#B99462", "#7A5632"),
    )
    c.poly(
        [(vx - 10, vy + 20), (vx + 10, vy + 20), (1130, 1010), (470, 1010)], ("#EFE3C6", "#CDB78E")
    )
    depths = [0.09 * 1.34**i for i in range(11)]
    for n, t in enumerate(depths):
        arch = [
            (vx + 1000 * t * math.cos(a), vy - 130 * t - 620 * t * math.sin(a))
            for a in (math.pi * i / 40 for i in range(41))
        ]
        ground = vy + 400 * t + 12
        c.stroke([(vx + 1000 * t, ground), *arch, (vx - 1000 * t, ground)], "#F7FBFA", 3 + 16 * t)
        if n:
            s = depths[n - 1]
            for a in (0.5, 1.0, math.pi / 2, math.pi - 1, math.pi - 0.5, 0, math.pi):
                far, near = (
                    (vx + 1000 * q * math.cos(a), vy - 130 * q - 620 * q * math.sin(a))
                    for q in (s, t)
                )
                c.stroke([far, near], "#F7FBFACC", 2 + 7 * t)
    for n in range(22):
        t = 0.1 * 1.125**n
        y = vy + 470 * t + 14
        if n == 13:
            _gardener(c, Pose(800, y + 50, 3.1))
        for side in (-1, 1):
            for row in (860, 480):
                x, h = vx + side * row * t, (430 if row < 600 else 480) * t
                tone = 1 if row > 600 else 0
                c.limb(Pose(x, y), f"0,0,{10 * t} 0,{-h},{8 * t}", "#5E7A36")
                c.blot(
                    [
                        (x + c.random.uniform(-70, 70) * t, y - h * f, 100 * t, 78 * t)
                        for f in (0.2, 0.38, 0.56, 0.74, 0.92)
                    ],
                    (("#8CC152", "#3E8443"), ("#6BA548", "#2D6B3C"))[tone],
                )
                for _ in range(7):
                    tx, ty = x + c.random.uniform(-85, 85) * t, y - h * c.random.uniform(0.12, 0.95)
                    ripe = c.random.choice((RED, "#E0452F", "#F08A2C"))
                    c.disc(tx, ty, 22 * t, ripe)
                    c.disc(tx - 6 * t, ty - 7 * t, 6 * t, "#FFFFFF88")


def _gardener(c: Canvas, p: Pose) -> None:
    c.disc(p.x, p.y, 24 * p.k, "#3A240F44", 4 * p.k)
    c.person(p, BLUE, "-12,-54 12,-54", dress=True, hat=CREAM)
    c.cut(p, "-18,-62 18,-62 14,-44 -14,-44", ("#C98F4A", "#8A5A2A"))
    for x in (-12, -4, 4, 12):
        c.disc(p.x + x * p.k, p.y - 63 * p.k, 5 * p.k, RED)


def sports_hall(c: Canvas) -> None:
    c.rect((0, 0, WIDTH, 640), ("#CFE4E4", "#F1EEDD"))
    c.rect((0, 0, WIDTH, 70), "#1F4A63")
    for i in range(9):
        c.poly(
            [(i * 200 - 20, 0), (i * 200 + 10, 0), (i * 170 + 125, 70), (i * 170 + 105, 70)],
            "#F7FBFA55",
        )
    for i in range(6):
        c.window((70 + i * 258, 120, 170, 170), ("#5FBEDA", "#D3EFF0"), "#1F7FA6")
    c.rect((0, 470, WIDTH, 170), ("#22A3C2", "#1682A3"))
    c.rect((0, 460, WIDTH, 12), GOLD)
    c.rect((0, 640, WIDTH, 360), ("#E9B873", "#C98A45"))
    c.rows(800, 250, 34, "#B9763433", 640)
    for i in range(6):
        c.poly(
            [
                (100 + i * 258, 640),
                (230 + i * 258, 640),
                (130 + i * 290, 1000),
                (-90 + i * 290, 1000),
            ],
            "#FFF6D830",
        )
    c.line(HERE, "0,690 1600,690", CREAM, 7)
    c.line(HERE, "960,690 860,880 1500,880 1340,690", CREAM, 8)
    c.cut(HERE, "964,694 872,876 1492,876 1336,694", "#1682A355")
    c.stroke(
        [
            (1180 + 320 * math.cos(a), 880 + 85 * math.sin(a))
            for a in (i * math.pi / 30 for i in range(31))
        ],
        CREAM,
        8,
    )
    c.cut(HERE, "1136,640 1164,640 1164,300 1136,300", "#2B3448")
    c.rect((990, 195, 320, 210), "#FFFFFF", 10)
    for x, y, w, h in (
        (1004, 209, 292, 10),
        (1004, 381, 292, 10),
        (1004, 209, 10, 182),
        (1286, 209, 10, 182),
        (1092, 290, 116, 8),
        (1092, 290, 8, 86),
        (1200, 290, 8, 86),
    ):
        c.rect((x, y, w, h), RED)
    for i in range(-3, 4):
        c.stroke([(1150 + i * 18, 392), (1150 + i * 11, 475)], "#FFFFFF", 3)
    for y, r in ((418, 50), (446, 42), (472, 35)):
        c.stroke([(1150 - r, y), (1150, y + 8), (1150 + r, y)], "#FFFFFF", 3)
    c.disc(1150, 390, 60, "#D9481F", 12)
    c.disc(1150, 388, 48, "#8E2F22", 6)
    for x, y, k, coat, hands in (
        (720, 790, 4.1, BLUE, "2,-122 26,-120"),
        (960, 900, 3.9, RED, "-24,-104 6,-118"),
        (330, 900, 3.6, RED, "-26,-66 26,-70"),
        (1380, 820, 3.2, BLUE, "-26,-78 22,-56"),
    ):
        c.disc(x, y if x != 720 else 860, 26 * k, "#6E421F55", 4 * k)
        p = Pose(x, y, k)
        for leg in ("-5,-46,11 -10,-24,8 -8,-3,6 -4,-1,5", "5,-46,11 9,-24,8 13,-3,6 17,-1,5"):
            c.limb(p, leg, SKIN)
        c.limb(p, "-8,-2,6 -3,-1,6", "#FFFFFF")
        c.limb(p, "13,-2,6 18,-1,6", "#FFFFFF")
        c.shape(p, "-11,-80 0,-83 11,-80 12,-58 15,-32 1,-30 0,-38 -1,-30 -15,-32 -12,-58", coat)
        c.cut(p, "-12,-48 12,-48 13,-44 -13,-44", CREAM)
        for side, hand in zip((-1, 1), hands.split(), strict=True):
            hx, hy = (float(v) for v in hand.split(","))
            c.limb(
                p,
                f"{side * 10},-76,7 {hx / 2 + side * 10},{(hy - 76) / 2 + (6 if hy > -76 else -2)},6 {hx},{hy},5",
                SKIN,
            )
        c.limb(p, "0,-84,6 0,-80,6", SKIN)
        c.limb(p, "0,-92,13 0,-90,12", SKIN)
        c.shape(p, "-7,-91 -7,-98 0,-101 7,-98 7,-92 3,-95 -4,-95", HAIR)
    _ball(c, 790, 268, 46)


def _ball(c: Canvas, x: float, y: float, r: float) -> None:
    c.disc(x, y, r, "#E8762A")
    c.disc(x - r * 0.3, y - r * 0.35, r * 0.4, "#FFFFFF33")
    for side in (-1, 1):
        c.stroke(
            [
                (x + side * r * (0.95 - 0.55 * math.sin(a)), y - r * 0.8 * math.cos(a))
                for a in (i * math.pi / 12 for i in range(13))
            ],
            "#5A2E14",
            3,
        )
    c.stroke([(x - r, y), (x + r, y)], "#5A2E14", 3)
    c.stroke([(x, y - r), (x, y + r)], "#5A2E14", 3)


def solar_panels(c: Canvas) -> None:
    c.sky(*DAY, to=560)
    c.rays(1250, 220, 1700, "#FFFFFF12")
    c.sun(1250, 220, 80, "#FFF2B8")
    c.cloud(380, 230, 420)
    c.hills(480, 40, ("#7FB0B4", "#B0CBA5"), 1.6)
    c.rect((0, 530, WIDTH, 470), ("#C9C468", "#9AA84C", "#5E8A40"))
    for n in range(5):
        k = 0.34 * 1.5**n
        y, w, h, lean = 545 + 95 * k * 1.9, 250 * k, 150 * k, 70 * k
        x = -lean - c.random.uniform(0, w)
        while x < WIDTH + 40:
            c.poly(
                [
                    (x - 10 * k, y + 30 * k),
                    (x + w - 10 * k, y + 30 * k),
                    (x + w + 50 * k, y + 46 * k),
                    (x + 50 * k, y + 46 * k),
                ],
                "#2A4A2A55",
            )
            for post in (0.2, 0.8):
                c.rect((x + w * post + lean * 0.4, y - h * 0.4, 8 * k, h * 0.68), "#8A98A6")
            outline = [(x, y), (x + w * 0.94, y), (x + w * 0.94 + lean, y - h), (x + lean, y - h)]
            c.poly(outline, ("#4FB3DA", "#1B62A5", "#10356F"))
            c.poly(
                [
                    (x + w * 0.15, y),
                    (x + w * 0.36, y),
                    (x + w * 0.36 + lean, y - h),
                    (x + w * 0.15 + lean, y - h),
                ],
                "#FFFFFF2A",
            )
            for i in range(1, 6):
                dx = w * 0.94 * i / 6
                c.stroke([(x + dx, y), (x + dx + lean, y - h)], "#BFE3F255", 1.2 + k)
            for i in (1, 2):
                c.stroke(
                    [
                        (x + lean * i / 3, y - h * i / 3),
                        (x + w * 0.94 + lean * i / 3, y - h * i / 3),
                    ],
                    "#BFE3F255",
                    1.2 + k,
                )
            c.stroke([*outline, outline[0]], "#E3EDF0", 1.5 + 2.2 * k)
            x += w
    c.grass(1005, 80, 70, "#2F6436")


def bridge(c: Canvas) -> None:
    c.sky(*EVENING, to=640)
    c.sun(1090, 450, 76)
    c.cloud(360, 230, 420, ("#FBE0B4", "#E8B083"))
    c.hills(500, 50, ("#6E8FA0", "#A5A58C"), 1.6)
    c.hills(575, 22, ("#5C7F62", "#3E6450"), 1.1)
    for x, h in ((60, 190), (170, 140), (1480, 170), (1560, 220)):
        c.tree(x, 640, h, ("#6E9150", "#2F5A48"))
    for i in range(3):
        cx, span = 290 + i * 510, 235
        arc = [
            (cx + span * math.cos(a), 640 - 235 * math.sin(a))
            for a in (math.pi * t / 24 for t in range(25))
        ]
        for x, y in arc[2:-2:2]:
            c.stroke([(x, y), (x, 420)], "#C9D3D6", 8)
        c.stroke(arc, "#DDE5E5", 26)
        c.stroke([(x, y + 12) for x, y in arc], "#10254A44", 6)
    for x in (35, 545, 1055, 1565):
        c.cut(Pose(x, 640), "-34,10 34,10 24,-230 -24,-230", ("#E9EEEC", "#A9B9BF"))
        c.cut(Pose(x, 640), "6,10 34,10 24,-230 6,-230", "#10254A33")
    c.rect((-10, 382, 1620, 36), ("#F2F4F0", "#B5C3C8"))
    c.rect((-10, 412, 1620, 8), "#10254A55")
    c.rect((-10, 350, 1620, 5), NAVY)
    for i in range(54):
        c.rect((i * 30, 350, 4, 34), NAVY)
    for x in range(120, 1600, 255):
        c.limb(Pose(x, 382), "0,0,7 0,-120,5 14,-136,4 40,-136,4", NAVY)
        c.disc(x + 44, 250, 8, GOLD)
    _bus(c, Pose(700, 376, 1.25))
    c.mirror(640, 360, "#1B5C84", 0.5)
    for _ in range(46):
        x, y = c.random.uniform(-40, 1560), 655 + 340 * c.random.random()
        c.rect(
            (x, y, c.random.uniform(60, 240), 3 + (y - 640) / 90),
            c.random.choice(("#FFE9B855", "#0E3A5C44")),
            2,
        )
    c.shape(HERE, "-60,900 120,880 330,930 520,1030 -60,1060", ("#3E6B4A", "#1F4638"))
    c.shape(HERE, "1660,870 1480,885 1330,945 1200,1040 1660,1060", ("#3E6B4A", "#1F4638"))
    for i in range(26):
        x = c.random.choice((c.random.uniform(0, 260), c.random.uniform(1400, 1590)))
        c.limb(
            Pose(x, 1005, c.random.uniform(0.5, 1), (-1) ** i),
            "0,0,6 6,-110,4 30,-200,2",
            "#17382E",
        )


def _bus(c: Canvas, p: Pose) -> None:
    c.rect((p.x - 95 * p.k, p.y - 72 * p.k, 190 * p.k, 60 * p.k), "#00AFCA", 10 * p.k)
    c.rect((p.x - 95 * p.k, p.y - 32 * p.k, 190 * p.k, 9 * p.k), GOLD)
    for i in range(6):
        c.rect((p.x + (-86 + i * 30) * p.k, p.y - 63 * p.k, 24 * p.k, 24 * p.k), "#FFF3C9", 3)
    for x in (-58, 60):
        c.wheel(p.x + x * p.k, p.y - 11 * p.k, 14 * p.k, CREAM)


def trees_planting(c: Canvas) -> None:
    c.sky(*DAY, to=620)
    c.cloud(1180, 220, 480)
    c.cloud(300, 160, 320)
    c.hills(520, 50, ("#7FB3B0", "#B5D09A"), 1.5)
    c.hills(600, 30, ("#A5C766", "#86B252"), 1)
    c.rect((0, 660, WIDTH, 340), ("#93B653", "#5E8F42"))
    c.cut(HERE, "1210,660 1270,660 1700,1000 -100,1000 -100,960", ("#A9774A", "#7A4F2E"))
    for i in range(7):
        t = (i / 6) ** 1.6
        x, y, h = 1235 - 120 * t * (1 + t), 672 + 200 * t, 60 + 200 * t
        if i < 5:
            _sapling(c, x + 60 * t, y, h)
    for x, y, k, coat in ((1420, 770, 1.7, "#2C7F9E"), (1330, 740, 1.3, GOLD)):
        c.disc(x, y, 24 * k, "#3A240F44", 4 * k)
        c.person(Pose(x, y, k), coat, "-24,-50 18,-60", coat == GOLD, RED)
    c.disc(640, 925, 130, "#5A3820", 24)
    c.disc(640, 918, 92, "#3E2614", 15)
    _sapling(c, 640, 922, 480)
    p = Pose(420, 930, 4.6)
    c.disc(420, 932, 120, "#3A240F55", 16)
    c.person(p, BLUE, "18,-62 34,-40", hat=RED)
    c.limb(p, "14,-78,3 44,-22,3 48,-14,3", "#8A5A36")
    c.shape(p, "43,-17 53,-21 58,-4 55,2 48,-2", "#98A4AE")
    c.limb(p, "16,-63,6 19,-65,6", SKIN)
    c.limb(p, "33,-42,6 35,-40,6", SKIN)
    q = Pose(880, 930, 4.2)
    c.disc(880, 932, 110, "#3A240F55", 15)
    c.person(q, RED, "-28,-52 -22,-66", dress=True, hat=CREAM)
    c.cut(q, "-46,-36 -20,-36 -18,-56 -44,-56", ("#3FB4A2", "#1F7F78"))
    c.limb(q, "-44,-40,4 -56,-54,3 -60,-52,5", "#1F7F78")
    c.line(q, "-40,-56 -34,-66 -24,-64 -22,-54", "#1F7F78", 2.4)
    for i in range(9):
        c.limb(
            q,
            f"{-60 - i % 3 * 2},{-48 + i * 5},1.4 {-60.5 - i % 3 * 2},{-45 + i * 5},1.8",
            "#7FD0E6",
        )


def _sapling(c: Canvas, x: float, y: float, h: float) -> None:
    p = Pose(x, y, h / 100)
    c.disc(x, y, h * 0.16, "#4A2E18", h * 0.035)
    c.limb(p, "9,0,2.4 9,-52,2.4", "#D9B36C")
    c.limb(p, "0,0,3.2 1,-50,2.4 0,-88,1.2", "#7A5236")
    c.limb(p, "-1,-42,2 10,-42,2", RED)
    for path in (
        "0,-40,1.6 -16,-58,1",
        "1,-48,1.6 18,-66,1",
        "0,-60,1.4 -13,-76,.8",
        "0,-68,1.2 11,-82,.8",
    ):
        c.limb(p, path, "#7A5236")
    for a, b, lean in (
        (-17, -60, -1),
        (-9, -54, -1),
        (19, -68, 1),
        (11, -60, 1),
        (-14, -78, -1),
        (12, -84, 1),
        (-6, -70, -1),
        (7, -75, 1),
        (0, -92, 1),
        (-4, -86, -1),
        (-20, -66, -1),
        (22, -74, 1),
    ):
        c.shape(
            Pose(x + a * p.k, y + b * p.k, p.k, lean), "0,2 1,-6 9,-9 8,-1", ("#A5D05A", "#6BA845")
        )


def market_fair(c: Canvas) -> None:
    c.sky(*DAY, to=620)
    c.cloud(820, 150, 420)
    c.hills(470, 40, ("#86B5B4", "#B9CFA0"), 1.6)
    for x, h in ((60, 330), (570, 300), (1080, 310), (1560, 340)):
        c.tree(x, 680, h)
    c.rect((0, 660, WIDTH, 340), ("#E6D5AC", "#C9AE7A"))
    fruit = ((RED, "#E0452F"), ("#F2A02C", "#FEC50C"), ("#6FA83E", "#8CC152"))
    for n, (x, colour) in enumerate(((70, RED), (575, BLUE), (1080, "#E8A012"))):
        for post in (14, 434):
            c.rect((x + post, 400, 12, 400), "#7A4A2A")
        c.rect((x + 20, 440, 420, 290), "#10254A2A")
        c.person(
            Pose(x + 140, 860, 3.1), (NAVY, "#8A4B6B", "#3D7A5B")[n], "-26,-52 24,-58", hat=CREAM
        )
        c.person(Pose(x + 320, 860, 3), (GOLD, CREAM, RED)[n], "-20,-58 26,-50", hat=colour)
        c.rect((x, 740, 460, 130), ("#B87C45", "#8A5A30"))
        for i in range(3):
            left = x + 8 + i * 150
            tones = fruit[(i + n) % 3]
            for row in range(3):
                for j in range(5 - row):
                    r = 15.5
                    c.disc(left + 20 + j * 25 + row * 12.5, 706 - row * 21, r, tones[(j + row) % 2])
                    c.disc(left + 15 + j * 25 + row * 12.5, 700 - row * 21, 4, "#FFFFFF66")
            c.rect((left, 705, 142, 46), ("#E9C088", "#C9965A"))
            c.rect((left, 724, 142, 5), "#8A5A3066")
        for i in range(9):
            a, b = x - 30 + i * 58, x - 30 + (i + 1) * 58
            ta, tb = x + 20 + i * 46.7, x + 20 + (i + 1) * 46.7
            tone = colour if i % 2 == 0 else "#FFFBF0"
            c.poly([(ta, 300), (tb, 300), (b, 430), (a, 430)], tone)
            c.blot([((a + b) / 2, 430, 29, 26)], tone)
        c.poly([(x + 20, 300), (x + 440, 300), (x + 447, 318), (x + 13, 318)], "#FFFFFF44")
        c.poly([(x - 22, 414), (x + 484, 414), (x + 492, 430), (x - 30, 430)], "#10254A22")
    for a, b in ((-20, 545), (545, 1052), (1052, 1620)):
        c.bunting((a, 225), (b, 225), 34, 16)
    for i in range(7):
        c.blot([(1180 + i * 44, 888, 30, 26)], ("#5E9B52", "#2F6436"))
        c.limb(Pose(1180 + i * 44, 888), "-10,-20,4 -14,0,6 -8,20,4", "#244F2A")
    for x, y, k, coat, dress in (
        (270, 965, 3.2, BLUE, True),
        (370, 975, 2.2, GOLD, False),
        (790, 970, 3.4, NAVY, False),
        (1010, 960, 3.2, RED, True),
    ):
        c.disc(x, y, 24 * k, "#6E421F55", 4 * k)
        c.person(Pose(x, y, k), coat, "-18,-46 18,-46", dress)
        c.blot([(x, y - 92 * k, 7 * k, 8 * k)], HAIR)
        if dress:
            c.cut(Pose(x + 19 * k, y - 44 * k, k), "-8,0 8,0 7,18 -7,18", "#E9C088")
            c.line(Pose(x + 19 * k, y - 44 * k, k), "-5,0 0,-6 5,0", "#8A5A30", 1.6)


def akimat_building(c: Canvas) -> None:
    c.sky("#1479A8", "#4DB9D6", "#BFE5EA", "#F8EFD2", to=720)
    c.cloud(290, 220, 440)
    c.cloud(1330, 180, 400)
    c.hills(640, 20, ("#9CC0A0", "#8DB27A"), 1)
    c.facade((170, 420, 430, 300), ("#FFF8E6", "#EAD9B4"), (3, 6))
    c.facade((1000, 420, 430, 300), ("#FFF8E6", "#EAD9B4"), (3, 6))
    for x in (155, 985):
        c.rect((x, 400, 460, 26), "#E3CFA0")
        c.rect((x, 424, 460, 6), "#10254A33")
        c.rect((x, 694, 460, 30), "#B9A67E")
    c.flag(800, 230, 200)
    c.blot([(800, 290, 120, 100)], ("#3CC3DC", "#0A7FA6"), 290)
    c.shape(HERE, "760,288 770,230 800,192 790,240 785,288", "#FFFFFF44")
    c.rect((672, 286, 256, 40), ("#FFF8E6", "#E3CFA0"))
    c.rect((590, 400, 420, 320), ("#E9D6AC", "#D3BB88"))
    for i in range(5):
        c.window((628 + i * 74, 440, 46, 110), ("#7FCBE0", "#2F7FA6"))
    for i in (0, 1, 3, 4):
        c.window((628 + i * 74, 590, 46, 90), ("#7FCBE0", "#2F7FA6"))
    c.rect((770, 580, 60, 140), "#6E4023")
    c.rect((798, 580, 4, 140), GOLD)
    for i in range(6):
        x = 596 + i * 76
        c.rect((x, 420, 28, 300), ("#FFFFFF", "#EFE6D0"))
        c.rect((x + 18, 420, 10, 300), "#10254A22")
        c.rect((x - 6, 410, 40, 16), "#FFFFFF")
        c.rect((x - 6, 704, 40, 16), "#FFFFFF")
    c.rect((570, 380, 460, 34), ("#FFFFFF", "#E9DCBC"))
    c.cut(HERE, "560,380 1040,380 800,300", ("#FFF8E6", "#E9DCBC"))
    c.cut(HERE, "620,372 980,372 800,314", "#1696B0")
    c.horns(800, 346, 17, GOLD)
    c.rect((0, 720, WIDTH, 280), ("#E3DCCB", "#BFB49C"))
    for i in range(5):
        c.rect((570 - i * 22, 720 + i * 12, 460 + i * 44, 12), "#FFFFFF" if i % 2 else "#DDD0B2")
    c.rows(800, 560, 14, "#FFFFFF30", 782)
    for x, h in ((110, 330), (1490, 330), (40, 250), (1560, 250)):
        c.spruce(x, 760, h)
    for side in (-1, 1):
        c.blot([(800 + side * 470, 880, 250, 56)], ("#5E9B52", "#3A7545"))
        for i in range(110):
            a, r = c.random.uniform(0, math.tau), math.sqrt(c.random.random()) * 0.92
            c.disc(
                800 + side * 470 + 250 * r * math.cos(a),
                876 + 50 * r * math.sin(a),
                8,
                (RED, GOLD, "#FFFFFF", "#E86A8A")[i % 4],
                6,
            )
        c.limb(Pose(800 + side * 190, 850), "0,0,12 0,-200,7 0,-210,7", NAVY)
        for lamp in (-24, 24):
            c.limb(Pose(800 + side * 190, 850), f"0,-190,5 {lamp},-200,5 {lamp},-206,5", NAVY)
            c.disc(800 + side * 190 + lamp, 632, 15, "#FFF3C9")
    for x, y, k, coat, dress in (
        (690, 830, 1.2, NAVY, False),
        (930, 860, 1.4, RED, True),
        (880, 865, 1.4, "#2C7F9E", False),
    ):
        c.disc(x, y, 22 * k, "#10254A33", 4 * k)
        c.person(Pose(x, y, k), coat, dress=dress)


SCENES = (
    library,
    concert_dombra,
    horse_race,
    yurt_festival,
    snowstorm,
    greenhouse,
    sports_hall,
    solar_panels,
    bridge,
    trees_planting,
    market_fair,
    akimat_building,
)
