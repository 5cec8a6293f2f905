"""Scenes of the demo pictures: the steppe, the village and the work in the fields."""

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


def steppe_dawn(c: Canvas) -> None:
    c.sky("#12305F", "#2A6C9B", "#7FB7C4", "#F9CE94", "#FFE9B8", to=680)
    c.rays(1060, 590, 1500, "#FFF2C01E")
    c.sun(1060, 590, 92, "#FFF0B5")
    for y, rise, *fill in (
        (600, 50, "#C9A79B", "#E8C9A0"),
        (650, 45, "#8E92A8", "#C8B09A"),
        (710, 45, "#54799A", "#7D94A0"),
        (775, 40, "#2D5F7E", "#3F7484"),
        (850, 45, "#17425F", "#1D4A5C"),
        (920, 35, "#0E2D4A", "#0A2038"),
    ):
        c.hills(y, rise, fill, c.random.uniform(0.9, 1.8))
    c.shape(
        Pose(430, 260, 1.5),
        "-150,-30 -95,-36 -40,-14 0,-8 40,-14 95,-36 150,-30 100,-16 50,6 16,16 "
        "10,40 -10,40 -16,16 -50,6 -100,-16",
        "#0E2D4A",
    )
    c.grass(1000, 110, 190, "#0A1C33", 5)


def steppe_summer(c: Canvas) -> None:
    c.sky(*DAY, to=640)
    for x, y, w in ((330, 240, 430), (1180, 180, 560), (760, 400, 260), (1450, 420, 240)):
        c.cloud(x, y, w)
    c.hills(560, 60, ("#7FB6B5", "#A8CDB0"), 1.7)
    c.hills(620, 45, ("#6FAE84", "#A5C46F"), 1.3)
    c.hills(690, 30, ("#A9C35A", "#D4C763", "#8FB04A"), 1)
    c.shape(
        HERE,
        "905,672 960,690 905,722 800,752 930,800 880,870 560,1010 1060,1010 1120,880 1100,790 "
        "930,748 990,720 1010,690 930,668",
        ("#EAD9A0", "#D9B877"),
    )
    c.hills(890, 25, ("#5E9A48", "#35713D"), 0.8)
    c.grass(1000, 90, 150, "#2C6238")
    for i in range(26):
        x, y = 30 + i * 62 + c.random.uniform(-20, 20), c.random.uniform(860, 960)
        p = Pose(x, y, c.random.uniform(0.8, 1.3))
        c.limb(p, "0,130,5 -3,60,5 0,0,4", "#2F6B3A")
        c.shape(
            p, "-15,-22 -17,-38 -7,-30 0,-44 7,-30 17,-38 15,-22 8,2 -8,2", (RED, GOLD)[i % 3 == 0]
        )


def steppe_winter(c: Canvas) -> None:
    c.sky("#4F93BD", "#9CC9DC", "#DCE9EA", "#FBE6CE", to=640)
    c.sun(420, 470, 54, "#FFF6DC")
    c.hills(560, 50, ("#A9C6DB", "#CADDE8"), 1.4)
    c.hills(630, 45, ("#C6DAE8", "#E4EEF3"), 1.2)
    c.hills(710, 40, ("#E3EEF4", "#B9D3E3"), 1)
    for x, h in ((905, 270), (985, 330), (1060, 290)):
        c.birch(x, 745, h)
    c.hills(800, 45, ("#FFFFFF", "#C3DAE8"), 0.8)
    for x, y, h in ((1240, 850, 640), (1440, 890, 800), (1130, 820, 470)):
        c.poly([(x, y), (x + 14, y), (x + h * 0.75, y + 130), (x + h * 0.7, y + 130)], "#7FA9C855")
        c.birch(x, y, h)
    for i in range(17):
        t = (i / 16) ** 1.5
        x, r = 560 - 120 * t + 60 * (1 - t) * (i % 5) / 5, 4 + 13 * t
        c.disc(x + (i % 2 * 2 - 1) * r * 1.1, 815 + 175 * t, r, "#8FB4CF", r * 0.6)
    c.grass(985, 22, 120, "#B58E4E", 3)


def river_nura(c: Canvas) -> None:
    c.sky("#1F6C9C", "#63B3C9", "#F6D79A", "#FFE8BC", to=520)
    c.sun(620, 400, 60)
    for x, y, w in ((1220, 230, 420), (260, 200, 300)):
        c.cloud(x, y, w, ("#FFF3DA", "#F5CFA0"))
    c.hills(470, 40, ("#7FA4AE", "#B5BFA0"), 1.6)
    c.hills(530, 20, ("#8DAE72", "#6C9A55", "#3E7445"), 1)
    c.shape(
        HERE,
        "640,545 760,560 820,585 690,610 420,650 390,715 640,770 900,830 760,920 300,1060 1500,1060 "
        "1420,900 1330,800 1080,735 760,690 800,650 980,615 990,580 860,556 700,541",
        ("#FFE6B0", "#F2C982", "#5EAFC4", "#1B6E98"),
    )
    for y, x, w in (
        (700, 560, 90),
        (740, 800, 120),
        (800, 1000, 200),
        (850, 960, 260),
        (930, 800, 340),
        (620, 800, 90),
        (960, 1100, 180),
    ):
        c.rect((x, y, w, 5), "#FFFFFF77", 2.5)
    for x, y, h in (
        (1120, 600, 120),
        (1240, 625, 170),
        (260, 620, 150),
        (150, 655, 220),
        (1470, 720, 360),
    ):
        c.tree(x, y, h, ("#8FAE5A", "#376B45"))
        c.disc(x, y, h * 0.3, "#1F4B3A44", h * 0.03)
    for i in range(46):
        x = c.random.choice((c.random.uniform(-20, 330), c.random.uniform(1420, 1620)))
        p = Pose(x, 1010, c.random.uniform(0.6, 1.2), c.random.choice((-1, 1)))
        c.limb(p, "0,0,7 4,-160,5 16,-290,3", "#24523C")
        if i % 2:
            c.limb(p, "14,-270,5 16,-290,15 19,-335,15 20,-350,4", "#6E4428")
    c.birds(900, 260, 7)


def village_street(c: Canvas) -> None:
    c.sky(*DAY, to=620)
    c.cloud(400, 210, 420)
    c.cloud(1150, 300, 340)
    c.hills(530, 40, ("#7FAFB4", "#A9C9A0"), 1.5)
    c.rect((0, 575, WIDTH, 425), ("#A3BE62", "#6E9A48"))
    c.cut(HERE, "790,575 830,575 1420,1000 260,1000", ("#C9C2B4", "#A79F92"))
    c.cut(HERE, "790,575 700,620 120,1000 260,1000", "#E4D3A5")
    c.cut(HERE, "830,575 920,620 1560,1000 1420,1000", "#E4D3A5")
    for t in (0.03, 0.09, 0.19, 0.34, 0.56, 0.85):
        y, w = 575 + 425 * t, 3 + 14 * t
        c.poly(
            [(810 - w * 0.8, y), (810 + w * 0.8, y), (810 + w, y + 40 * t), (810 - w, y + 40 * t)],
            CREAM,
        )
    roofs = (RED, "#2C7F9E", "#7A4A36", "#3D7A5B")
    for i, (x, y, w) in enumerate(
        ((655, 590, 62), (560, 612, 110), (395, 655, 180), (90, 735, 320))
    ):
        c.poplar(x + w + 5, y - 4, w * 1.7)
        c.house(x, y, w, roofs[i])
        c.poplar(1620 - x - w * 1.1, y - 4, w * 1.6)
        c.house(1620 - x - w, y, w, roofs[(i + 2) % 4])
    c.fence(-10, 850, 260, 80, "#2F8BB0")
    c.fence(1370, 850, 260, 80, "#2F8BB0")
    for x, y, k in ((318, 800, 4.4), (560, 668, 1.9), (660, 622, 1)):
        c.line(Pose(x, y, k), "0,0 0,-100", "#5A4A40", 2)
        c.line(Pose(x, y, k), "-11,-90 11,-90", "#5A4A40", 2)
    c.stroke([(318, 405), (430, 465), (560, 498), (660, 532)], "#3A4A5A", 2)
    c.person(Pose(1120, 860, 1.7), RED, dress=True, hat=CREAM)
    c.person(Pose(1195, 865, 1.2), BLUE)
    c.person(Pose(640, 745, 1.1), NAVY)


def school(c: Canvas) -> None:
    c.sky(*DAY, to=700)
    c.cloud(300, 190, 420)
    c.cloud(1330, 150, 360)
    c.hills(600, 25, ("#9FC0A0", "#B5B96A"), 1)
    for x, h in ((90, 330), (215, 270), (1400, 300), (1530, 360)):
        c.tree(x, 735, h, ("#F6C445", "#D9822B"))
    c.facade((250, 400, 440, 330), ("#FDF4DE", "#EFDDB6"), (3, 5))
    c.facade((930, 400, 440, 330), ("#FDF4DE", "#EFDDB6"), (3, 5))
    for x in (240, 920):
        c.rect((x, 382, 460, 24), "#1F7FA6")
    c.rect((660, 320, 300, 410), ("#27A9C9", "#1B86AC"))
    c.rect((645, 300, 330, 26), NAVY)
    c.disc(810, 400, 44, CREAM)
    c.line(HERE, "810,370 810,400 832,412", NAVY, 6)
    for x in (690, 775, 860):
        c.window((x, 480, 70, 90))
    c.rect((630, 610, 360, 18), GOLD)
    for x in (645, 960):
        c.rect((x, 620, 14, 112), CREAM)
    c.rect((715, 640, 190, 92), "#12476B")
    for x in (724, 770, 816, 862):
        c.rect((x, 650, 36, 82), "#A8DDE8")
    c.rect((0, 730, WIDTH, 270), ("#D9C58A", "#C7A75E"))
    c.cut(HERE, "700,730 920,730 1250,1000 370,1000", ("#E9E2D2", "#CFC4AE"))
    c.flag(1110, 735, 420)
    for x in (330, 1290):
        c.blot([(x + i * 45, 765, 40, 26) for i in range(-2, 3)], ("#7DA24C", "#4C7B3C"))
    for x, y, k, coat, bag in (
        (600, 900, 1.9, NAVY, RED),
        (740, 840, 1.5, "#3A5C8C", GOLD),
        (960, 930, 2.1, NAVY, BLUE),
        (870, 830, 1.4, "#3A5C8C", RED),
    ):
        c.disc(x, y, 22 * k, "#10254A33", 4 * k)
        c.person(Pose(x, y, k), coat, dress=k in (1.5, 2.1))
        c.rect((x - 10 * k, y - 80 * k, 20 * k, 27 * k), bag, 5 * k)
        c.rect((x - 7 * k, y - 65 * k, 14 * k, 9 * k), "#00000033", 2 * k)
        c.blot([(x, y - 93 * k, 7 * k, 8 * k)], HAIR)
    for _ in range(40):
        c.disc(
            c.random.uniform(0, WIDTH),
            c.random.uniform(760, 990),
            9,
            c.random.choice(("#E58A2B", "#F2B23A", "#C9622B")),
            4,
        )


def wheat_field(c: Canvas) -> None:
    c.sky(*DAY, to=560)
    c.cloud(420, 220, 520)
    c.cloud(1250, 330, 420)
    c.hills(500, 25, ("#6FA59A", "#8DB07A"), 1.5)
    c.rect((0, 540, WIDTH, 460), ("#F6D77C", "#E3A93A", "#B9771F"))
    c.rows(860, 500, 26, "#B9771F3C", 540)
    for x in (180, 260, 1290):
        c.tree(x, 548, 70, ("#5E8F62", "#33684F"))
    for i in range(46):
        near = i // 23
        x = (i % 23) * 74 - 20 + c.random.uniform(-22, 22)
        p = Pose(x, 1040, c.random.uniform(0.72, 0.95) + 0.32 * near, c.random.choice((-1, 1)))
        dark, light = (("#A8691C", "#D9982F"), ("#C98A24", "#FBD462"))[near]
        c.limb(p, "0,0,8 2,-180,7 16,-330,5", dark)
        c.limb(p, "0,-60,4 40,-160,12 96,-200,2", dark)
        for n in range(7):
            bx, by = 16 + n * 3 + n * n * 0.5, -320 - n * 19
            c.limb(p, f"{bx},{by},4 {bx - 13},{by - 16},13 {bx - 12},{by - 30},3", light)
            c.limb(p, f"{bx},{by},4 {bx + 15},{by - 13},13 {bx + 18},{by - 27},3", light)
            for side in (-1, 1):
                c.limb(p, f"{bx + side * 12},{by - 24},3 {bx + side * 32},{by - 90},1", light)
        c.limb(p, "54,-448,9 60,-470,11 64,-486,3", light)


def combine(c: Canvas) -> None:
    c.sky(*EVENING, to=600)
    c.sun(330, 430, 80)
    c.hills(560, 30, ("#8F7F6A", "#B08E55"), 1.4)
    c.rect((0, 600, WIDTH, 400), ("#E9BC55", "#C98F2C", "#9A641C"))
    c.rows(330, 520, 22, "#8A561A33", 600)
    c.rect((1180, 640, 420, 190), ("#F7D267", "#C98A28"))
    for _ in range(240):
        x, y = c.random.uniform(1180, 1600), c.random.uniform(640, 660)
        c.limb(
            Pose(x, y),
            "0,170,4 0,0,4 5,-28,9 8,-44,2",
            c.random.choice(("#F9D973", "#E2AC3E", "#D39A32")),
        )
    c.blot(
        [(340, 770, 150, 70), (200, 745, 150, 90), (60, 760, 160, 120)],
        ("#F6DDA455", "#E9C47C88"),
        830,
    )
    p = Pose(760, 830, 3.1)
    c.disc(780, 836, 520, "#3A240F55", 26)
    c.cut(p, "-62,-40 -128,-52 -126,-42 -62,-24", "#8E2F22")
    c.cut(p, "-112,-112 58,-112 66,-48 40,-30 -96,-30 -122,-60", ("#DB5A3A", "#B33A28"))
    c.cut(p, "-96,-138 6,-138 16,-112 -104,-112", ("#B8402B", "#8E2F22"))
    c.cut(p, "-112,-84 60,-84 62,-76 -114,-76", GOLD)
    for x in (-88, -62, -36):
        c.cut(p, f"{x},-68 {x + 20},-68 {x + 20},-46 {x},-46", "#8E2F22")
    c.cut(p, "22,-142 66,-142 78,-84 64,-78 22,-78", "#2B3448")
    c.cut(p, "28,-136 62,-136 72,-88 28,-88", ("#CDEFF2", "#4D9DB8"))
    c.cut(p, "16,-148 74,-148 72,-140 18,-140", CREAM)
    c.limb(Pose(p.x + 150, p.y - 292, 1.5), "0,0,28 0,-30,20 0,-42,20", HAIR)
    c.limb(p, "-20,-136,10 -112,-152,9 -122,-146,8", "#E4B63A")
    c.cut(p, "52,-56 118,-24 118,-10 46,-36", "#8E2F22")
    c.cut(p, "108,-38 124,-38 156,-4 108,-2", "#DB5A3A")
    c.wheel(p.x + 60, 735, 98)
    c.wheel(p.x - 265, 770, 62)
    for i in range(6):
        a = ("22,0", "11,19", "-11,19", "-22,0", "-11,-19", "11,-19")[i]
        c.line(Pose(p.x + 450, 735, 3.1), f"0,0 {a}", GOLD, 2.4)
    c.line(Pose(p.x + 450, 735, 3.1), "22,0 11,19 -11,19 -22,0 -11,-19 11,-19 22,0", GOLD, 2.4)
    c.grass(1000, 120, 60, "#7A4C14")


def sheep_herd(c: Canvas) -> None:
    c.sky("#2A86B0", "#86C7D4", "#F3E3B4", to=560)
    c.sun(1270, 300, 58)
    c.cloud(520, 210, 460, ("#FFFDF2", "#E9E4CC"))
    c.hills(440, 70, ("#6E9DB0", "#9CBFB0"), 1.5)
    c.hills(530, 50, ("#7BA98A", "#A9C078"), 1.2)
    ridge = c.hills(600, 40, ("#9FBF5E", "#6C9C4C", "#44793F"), 0.7)
    p = Pose(390, ridge(390) + 6, 2.1)
    c.horse(p, "#6B3F2A", running=False)
    c.limb(p, "-2,-84,15 10,-56,11 14,-36,7 20,-34,6", "#263655")
    c.shape(p, "-11,-82 -9,-122 0,-126 10,-120 12,-82", BLUE)
    c.limb(p, "6,-116,7 22,-100,6 32,-96,5", BLUE)
    c.limb(p, "32,-60,2 33,-150,2", "#5A3A24")
    c.limb(p, "0,-134,14 0,-132,13", SKIN)
    c.shape(p, "-12,-137 -8,-150 0,-156 8,-150 13,-137", CREAM)
    flock = [(c.random.uniform(560, 1560), c.random.uniform(0, 1)) for _ in range(26)]
    flock += [(c.random.uniform(60, 900), c.random.uniform(0.75, 1)) for _ in range(7)]
    for x, t in sorted(flock, key=lambda item: item[1]):
        q = Pose(x, 650 + 310 * t, 0.8 + 1.5 * t, c.random.choice((1, 1, -1)))
        c.disc(q.x, q.y, 34 * q.k, "#1F4B3A44", 6 * q.k)
        c.sheep(q, ("#E2D3B8", "#A98F72") if c.random.random() < 0.15 else ("#FFFBEF", "#D9CDB4"))
    c.grass(1005, 60, 70, "#2F6436")


def hospital(c: Canvas) -> None:
    c.sky("#5DBCD6", "#B4E3EA", "#F4F6E6", to=720)
    c.cloud(350, 180, 460)
    c.hills(610, 20, ("#9CC7A0", "#8DB97A"), 1)
    for x, h in ((70, 290), (1500, 330), (1380, 240)):
        c.tree(x, 730, h)
    c.facade((150, 380, 560, 350), ("#FFFFFF", "#E3EEF0"), (3, 7), "#D3E6EA")
    c.facade((960, 450, 400, 280), ("#FFFFFF", "#E3EEF0"), (2, 5), "#D3E6EA")
    c.rect((140, 362, 570, 22), "#1696B0")
    c.rect((960, 432, 410, 22), "#1696B0")
    c.rect((690, 240, 290, 490), ("#18A7BE", "#127C98"))
    c.rect((690, 560, 290, 170), ("#BDE9EE", "#6FBAC9"))
    for x in (690, 785, 880, 970):
        c.rect((x, 560, 10, 170), "#FFFFFF")
    for box in ((805, 300, 60, 190), (740, 365, 190, 60)):
        c.rect(box, "#FFFFFF", 10)
    c.rect((600, 600, 460, 26), "#FFFFFF")
    for x in (622, 1022):
        c.rect((x, 624, 16, 110), "#D3E0E4")
    c.rect((0, 730, WIDTH, 270), ("#9DBF68", "#6B9C4E"))
    c.cut(HERE, "560,730 1100,730 1600,850 1600,1000 180,1000", ("#CFD6D8", "#A9B3B8"))
    for x in (60, 190, 320, 430):
        c.blot([(x, 775, 60, 34)], ("#5E9B52", "#3A7545"))
    p = Pose(1010, 915, 2.6)
    c.disc(1010, 915, 290, "#10254A44", 16)
    c.shape(
        p,
        "-100,-8 -100,-8 -102,-70 -98,-76 50,-76 56,-74 82,-44 104,-36 108,-10 108,-8",
        ("#FFFFFF", "#DDE6EA"),
    )
    c.cut(p, "-102,-34 104,-34 107,-24 -102,-24", RED)
    c.cut(p, "34,-68 52,-68 74,-42 34,-42", "#3F8FB5")
    c.cut(p, "6,-68 26,-68 26,-42 6,-42", "#3F8FB5")
    c.cut(p, "24,-84 42,-84 44,-76 22,-76", BLUE)
    for path in ("-56,-68 -46,-68 -46,-38 -56,-38", "-66,-58 -36,-58 -36,-48 -66,-48"):
        c.cut(p, path, "#1696B0")
    c.wheel(850, 898, 46, "#C9D2D6")
    c.wheel(1200, 898, 46, "#C9D2D6")
    c.person(Pose(560, 890, 2), "#F6FAFA", hat="#1696B0")
    c.person(Pose(470, 895, 1.9), "#2FA6A0", dress=True)


def water_tower(c: Canvas) -> None:
    c.sky("#153A6B", "#2E7FA6", "#8CC3C0", "#FBD08A", "#FFE6B0", to=780)
    c.sun(1180, 610, 100, "#FFF0BF")
    c.cloud(1220, 260, 460, ("#F9D9AE", "#E59F7A"))
    c.cloud(250, 360, 360, ("#E8C7B5", "#C98F8A"))
    c.hills(690, 35, ("#5C8193", "#87978A"), 1.3)
    c.hills(760, 25, ("#35617A", "#2A5363"), 1)
    for x, w, y in (
        (40, 190, 850),
        (330, 150, 835),
        (930, 170, 840),
        (1190, 210, 860),
        (1430, 190, 850),
    ):
        c.poplar(x + w + 20, y, w * 1.5, ("#2C6070", "#1D4558"))
        c.house(x, y, w, ("#5A3A4A", "#7A4038", "#2A4F6E")[w // 10 % 3], "#C9B7A8")
    p = Pose(650, 880, 1.15)
    c.cut(p, "-46,0 46,0 40,-420 -40,-420", ("#8FB3BF", "#55808F"))
    c.cut(p, "8,0 46,0 40,-420 8,-420", "#10254A44")
    c.cut(p, "-40,-412 40,-412 120,-490 120,-660 -120,-660 -120,-490", ("#D5E5E5", "#7FA9B5"))
    c.cut(p, "40,-412 120,-490 120,-660 50,-660 50,-490 12,-412", "#10254A3A")
    c.cut(p, "-130,-655 130,-655 0,-730", (RED, "#8E2F22"))
    c.cut(p, "-120,-560 120,-560 120,-535 -120,-535", BLUE)
    c.rect((645, 25, 10, 40), NAVY)
    for x in (-66, -52):
        c.line(p, f"{x},0 {x},-440 {x - 66},-505 {x - 66},-655", NAVY, 3)
    for i in range(26):
        c.line(p, f"-66,{-10 - i * 17} -52,{-10 - i * 17}", NAVY, 2.4)
    c.hills(890, 18, ("#1D4657", "#0E2A40"), 0.9)
    c.fence(0, 960, 1600, 70, "#0B2036")
    c.birds(330, 220, 7, "#0E2A40CC")


def road_works(c: Canvas) -> None:
    c.sky(*DAY, to=520)
    c.cloud(1200, 210, 480)
    c.hills(450, 40, ("#86B2B4", "#B5CBA0"), 1.6)
    c.rect((0, 500, WIDTH, 500), ("#CFC379", "#A8A652", "#7E8A42"))
    c.cut(HERE, "395,500 445,500 1700,1000 -420,1000", ("#D2B98A", "#B8956A"))
    c.cut(HERE, "405,500 437,500 1480,1000 -200,1000", ("#5F6B78", "#2D3644"))
    c.cut(HERE, "405,500 421,500 590,1000 -200,1000", ("#8A939C", "#6B7580"))
    for t in (0.02, 0.08, 0.18, 0.33, 0.55, 0.85):
        x, y, w = 421 + 60 * t, 500 + 500 * t, 2 + 13 * t
        c.poly(
            [(x - w, y), (x + w, y), (x + w + 9 * t, y + 60 * t), (x - w - 1, y + 60 * t)], CREAM
        )
    p = Pose(980, 850, 2.7)
    c.disc(1000, 850, 400, "#10182866", 24)
    c.cut(p, "-20,-34 118,-34 126,-92 110,-98 54,-98 44,-66 -20,-66", ("#FFD23E", "#E29A12"))
    c.cut(p, "-96,-50 -20,-62 -20,-44 -92,-26", "#C9820F")
    c.cut(p, "62,-90 114,-90 112,-60 60,-60", "#C9820F")
    for i in range(5):
        c.cut(p, f"{68 + i * 9},-86 {72 + i * 9},-86 {71 + i * 9},-64 {67 + i * 9},-64", "#3A2F1A")
    for x in (-14, 44):
        c.line(p, f"{x},-60 {x},-148", "#2B3448", 5)
    c.cut(p, "-30,-156 60,-156 56,-146 -26,-146", "#F2A71B")
    c.shape(p, "4,-62 4,-108 14,-116 26,-108 30,-62", "#E8622A")
    c.limb(p, "12,-104,8 -2,-92,7 -12,-88,6", "#E8622A")
    c.limb(p, "15,-124,14 15,-122,13", SKIN)
    c.shape(p, "6,-124 8,-134 15,-137 22,-134 24,-124", CREAM)
    c.line(p, "-18,-66 -10,-92", "#2B3448", 4)
    c.disc(p.x - 200, 735, 118, "#39424F")
    c.disc(p.x - 200, 735, 104, "#98A4AE")
    c.disc(p.x - 200, 735, 30, "#C9820F")
    c.wheel(p.x + 245, 758, 92)
    for x, y, k, hands in ((480, 830, 2.6, "-20,-48 24,-52"), (330, 770, 2, "-18,-48 30,-80")):
        q = Pose(x, y, k)
        c.disc(x, y, 24 * k, "#10182855", 4 * k)
        c.person(q, "#E8622A", hands, hat=GOLD)
        c.cut(q, "-11,-62 11,-62 11,-57 -11,-57", "#FFF3B0")
    c.limb(Pose(480, 830, 2.6), "34,-70,3 12,-20,3 6,-2,3", "#6B4A35")
    c.cut(Pose(480, 830, 2.6), "-4,-6 14,-2 14,3 -5,0", "#98A4AE")
    for x, y, k in ((120, 950, 2.2), (660, 950, 2.3), (1420, 960, 2.4), (1500, 800, 1.5)):
        c.cut(Pose(x, y, k), "-26,0 26,0 26,-6 -26,-6", "#8E2F22")
        c.cut(Pose(x, y, k), "-18,-6 18,-6 4,-62 -4,-62", "#E8562A")
        c.cut(Pose(x, y, k), "-13,-24 13,-24 9,-40 -9,-40", CREAM)


SCENES = (
    steppe_dawn,
    steppe_summer,
    steppe_winter,
    river_nura,
    village_street,
    school,
    wheat_field,
    combine,
    sheep_herd,
    hospital,
    water_tower,
    road_works,
)
