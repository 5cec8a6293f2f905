"""Brushes of the demo pictures: a 1600 x 1000 poster canvas and the motifs that scenes share."""

import math
import random
from collections.abc import Callable, Sequence
from typing import NamedTuple

from PIL import Image, ImageChops, ImageDraw

WIDTH, HEIGHT = 1600, 1000

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # x, y, width, height
Fill = str | Sequence[str]  # one colour, or the stops of a gradient from top to bottom

BLUE, GOLD, NAVY, CREAM, RED = "#00AFCA", "#FEC50C", "#10254A", "#FFF6E0", "#C8472F"
DAY = ("#0A8FB8", "#3DB8D6", "#A9E0EA", "#F3F3DC")
EVENING = ("#17406F", "#3F86A8", "#E9B872", "#FFE0A0")
SKIN, HAIR = "#DFA57C", "#2A2230"
LEAF, PINE = ("#8DB255", "#4F8243"), ("#4E8A86", "#1F4F58")


def numbers(path: str) -> list[tuple[float, ...]]:
    """Read "x,y x,y ..." (or "x,y,width ...") as tuples."""
    return [tuple(float(part) for part in item.split(",")) for item in path.split()]


def smooth(points: Sequence[Point], steps: int = 9) -> list[Point]:
    """Round a closed outline off with a Catmull-Rom spline."""
    result = []
    for i in range(len(points)):
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = (
            points[(i + shift) % len(points)] for shift in (-1, 0, 1, 2)
        )
        for step in range(steps):
            t = step / steps
            a, b = t * (t * (2 - t) - 1), t * t * (3 * t - 5) + 2
            c, d = t * (t * (4 - 3 * t) + 1), t * t * (t - 1)
            x, y = ax * a + bx * b + cx * c + dx * d, ay * a + by * b + cy * c + dy * d
            result.append((x / 2, y / 2))
    return result


class Pose(NamedTuple):
    """Where a motif stands, how large it is and which way it faces."""

    x: float = 0
    y: float = 0
    k: float = 1
    face: int = 1

    def put(self, path: str) -> list[Point]:
        """Move the points of a path from the motif's own units to the canvas."""
        return [(self.x + self.face * self.k * n[0], self.y + self.k * n[1]) for n in numbers(path)]


HERE = Pose()


class Canvas:
    """A picture in the making; all coordinates are those of a 1600 x 1000 sheet."""

    def __init__(self, name: str, scale: float) -> None:
        self.scale = scale
        self.random = random.Random(name)  # noqa: S311 - the same picture every time, no secret
        self.image = Image.new("RGB", (round(WIDTH * scale), round(HEIGHT * scale)))
        self.pen = ImageDraw.Draw(self.image, "RGBA")

    # --- strokes ---------------------------------------------------------------------------

    def _pour(
        self, bounds: Box, paint: Callable[[ImageDraw.ImageDraw, int, int], None], fill: Fill
    ) -> None:
        """Fill what `paint` leaves on a mask with a gradient; `bounds` are in pixels."""
        left, top = max(0, int(bounds[0])), max(0, int(bounds[1]))
        right = min(self.image.width, math.ceil(bounds[2]) + 1)
        bottom = min(self.image.height, math.ceil(bounds[3]) + 1)
        if right <= left or bottom <= top:
            return
        mask = Image.new("L", (right - left, bottom - top))
        paint(ImageDraw.Draw(mask), left, top)
        stops = [fill, fill] if isinstance(fill, str) else list(fill)
        strip = Image.new("RGBA", (1, len(stops)))
        dot = ImageDraw.Draw(strip)
        for i, stop in enumerate(stops):
            dot.point((0, i), stop)
        bilinear = Image.Resampling.BILINEAR
        column = strip.resize((1, mask.height), bilinear, (0, 0.5, 1, len(stops) - 0.5))
        colour = column.resize(mask.size, Image.Resampling.NEAREST)
        mask = ImageChops.multiply(mask, colour.getchannel("A"))
        self.image.paste(colour.convert("RGB"), (left, top), mask)

    def poly(self, points: Sequence[Point], fill: Fill) -> None:
        """Fill a polygon."""
        dots = [(x * self.scale, y * self.scale) for x, y in points]
        if isinstance(fill, str):
            self.pen.polygon(dots, fill=fill)
            return
        xs, ys = [x for x, _ in dots], [y for _, y in dots]

        def paint(pen: ImageDraw.ImageDraw, left: int, top: int) -> None:
            pen.polygon([(x - left, y - top) for x, y in dots], fill=255)

        self._pour((min(xs), min(ys), max(xs), max(ys)), paint, fill)

    def cut(self, pose: Pose, path: str, fill: Fill) -> None:
        """Fill a straight-edged outline."""
        self.poly(pose.put(path), fill)

    def shape(self, pose: Pose, path: str, fill: Fill) -> None:
        """Fill a rounded outline."""
        self.poly(smooth(pose.put(path)), fill)

    def rect(self, box: Box, fill: Fill, radius: float = 0) -> None:
        """Fill a rectangle."""
        x, y, w, h = box
        if radius and isinstance(fill, str):
            area = [v * self.scale for v in (x, y, x + w, y + h)]
            self.pen.rounded_rectangle(area, radius * self.scale, fill=fill)
        else:
            self.poly([(x, y), (x + w, y), (x + w, y + h), (x, y + h)], fill)

    def disc(self, x: float, y: float, rx: float, fill: str, ry: float = 0) -> None:
        """Fill a circle or, with a second radius, an ellipse."""
        ry = ry or rx
        self.pen.ellipse([v * self.scale for v in (x - rx, y - ry, x + rx, y + ry)], fill=fill)

    def line(self, pose: Pose, path: str, fill: str, width: float = 3) -> None:
        """Draw a broken line of even width."""
        self.stroke(pose.put(path), fill, width * pose.k)

    def stroke(self, points: Sequence[Point], fill: str, width: float = 3) -> None:
        """Draw a broken line through points of the canvas."""
        dots = [(x * self.scale, y * self.scale) for x, y in points]
        self.pen.line(dots, fill=fill, width=max(1, round(width * self.scale)), joint="curve")

    def limb(self, pose: Pose, path: str, fill: str) -> None:
        """Draw a tapering stroke with round joints through "x,y,width" points."""
        dots = pose.put(path)
        radii = [n[2] * pose.k / 2 for n in numbers(path)]
        for i, ((x, y), r) in enumerate(zip(dots, radii, strict=True)):
            self.disc(x, y, r, fill)
            if i:
                (px, py), pr = dots[i - 1], radii[i - 1]
                length = math.hypot(x - px, y - py) or 1
                nx, ny = (py - y) / length, (x - px) / length
                near = [(px + nx * pr, py + ny * pr), (px - nx * pr, py - ny * pr)]
                self.poly([*near, (x - nx * r, y - ny * r), (x + nx * r, y + ny * r)], fill)

    def blot(self, circles: Sequence[Box], fill: Fill, floor: float = HEIGHT) -> None:
        """Fill the union of ellipses (x, y, rx, ry), cut off level at `floor`."""
        k = self.scale
        ovals = [((x - a) * k, (y - b) * k, (x + a) * k, (y + b) * k) for x, y, a, b in circles]
        base = min(floor * k, max(o[3] for o in ovals))

        def paint(pen: ImageDraw.ImageDraw, left: int, top: int) -> None:
            for a, b, c, d in ovals:
                pen.ellipse((a - left, b - top, c - left, d - top), fill=255)

        tops = min(o[0] for o in ovals), min(o[1] for o in ovals)
        self._pour((*tops, max(o[2] for o in ovals), base), paint, fill)

    def glow(self, x: float, y: float, r: float, fill: str, strength: float = 1) -> None:
        """Lay a soft round light."""
        side = round(2 * r * self.scale)
        disc = Image.radial_gradient("L").point([max(0, 180 - v) ** 2 // 127 for v in range(256)])
        mask = disc.resize((side, side)).point([round(v * strength) for v in range(256)])
        corner = round((x - r) * self.scale), round((y - r) * self.scale)
        self.image.paste(Image.new("RGB", mask.size, fill), corner, mask)

    def mirror(self, y: float, depth: float, tint: str, amount: float = 0.45) -> None:
        """Reflect what stands above the waterline y in the water below it."""
        k, width = self.scale, self.image.width
        above = self.image.crop((0, round((y - depth) * k), width, round(y * k)))
        above = above.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
        water = Image.blend(above, Image.new("RGB", above.size, tint), amount)
        self.image.paste(water, (0, round(y * k)))

    # --- land and sky ----------------------------------------------------------------------

    def sky(self, *stops: str, to: float = HEIGHT) -> None:
        """Fill the sheet from its upper edge down to the horizon."""
        self.rect((0, 0, WIDTH, to), stops)

    def sun(self, x: float, y: float, r: float, fill: str = "#FFE9A8") -> None:
        """Draw a sun with its light."""
        self.glow(x, y, r * 6, fill, 0.75)
        self.disc(x, y, r, fill)

    def rays(self, x: float, y: float, r: float, fill: str) -> None:
        """Spread flat poster rays around a sun."""
        for i in range(0, 360, 15):
            a, b = math.radians(i), math.radians(i + 6)
            far = [(x + r * math.cos(v), y + r * math.sin(v)) for v in (a, b)]
            self.poly([(x, y), *far], fill)

    def cloud(self, x: float, y: float, w: float, fill: Fill = ("#FFFFFF", "#DCEFF6")) -> None:
        """Draw a flat-bottomed steppe cloud, y being its base."""
        parts = [
            (0, 0.02, 0.22),
            (-0.25, 0, 0.14),
            (0.24, 0, 0.16),
            (-0.12, -0.08, 0.15),
            (0.12, -0.1, 0.16),
            (-0.4, 0, 0.07),
            (0.41, 0, 0.08),
        ]
        jitter = [self.random.uniform(0.88, 1.12) for _ in parts]
        self.blot(
            [
                (x + a * w, y + b * w, r * w * j, r * w * j * 0.8)
                for (a, b, r), j in zip(parts, jitter, strict=True)
            ],
            fill,
            y,
        )

    def hills(
        self, y: float, rise: float, fill: Fill, waves: float = 1.5
    ) -> Callable[[float], float]:
        """Draw a ridge made of sine waves down to the lower edge; return its height at x."""
        terms = [
            (rise * a, waves * b * math.tau / WIDTH, self.random.uniform(0, math.tau))
            for a, b in ((0.6, 1), (0.28, 2.3), (0.12, 5.1))
        ]

        def ridge(x: float) -> float:
            return y + sum(a * math.sin(f * x + p) for a, f, p in terms)

        edge = [(x, ridge(x)) for x in range(0, WIDTH + 10, 10)]
        self.poly([(0, HEIGHT), *edge, (WIDTH, HEIGHT)], fill)
        return ridge

    def rows(self, vx: float, vy: float, count: int, fill: str, start: float = 0) -> None:
        """Draw furrows running from the horizon towards the viewer."""
        for i in range(-count, count):
            a, b = vx + i * 5200 / count, vx + (i + 0.5) * 5200 / count
            t = (start - vy) / (HEIGHT - vy) if start else 0
            near = [(vx + (v - vx) * t, vy + (HEIGHT - vy) * t) for v in (a, b)]
            self.poly([*near, (b, HEIGHT), (a, HEIGHT)], fill)

    def grass(self, y: float, count: int, tall: float, fill: str, plume: float = 0) -> None:
        """Plant leaning blades, feather grass if they carry a plume."""
        for _ in range(count):
            x, h = self.random.uniform(-40, WIDTH), tall * self.random.uniform(0.5, 1)
            bend, w = h * self.random.uniform(0.1, 0.5), 0.02 * h + 1.2
            top, tip = f"{bend * 0.4},{-h * 0.75}", f"{bend},{-h}"
            pose = Pose(x, y + self.random.uniform(0, 30))
            self.limb(pose, f"0,0,{w * 1.4} {bend * 0.12},{-h * 0.4},{w} {top},{w} {tip},1", fill)
            if plume:
                self.limb(
                    pose,
                    f"{top},{w} {bend * 0.75},{-h * 0.93},{plume} "
                    f"{bend * 1.5},{-h},{plume * 0.7} {bend * 2.1},{-h * 0.97},1",
                    fill,
                )

    def birds(self, x: float, y: float, count: int, fill: str = "#10254A99") -> None:
        """Scatter a few birds."""
        for _ in range(count):
            pose = Pose(
                x + self.random.uniform(-150, 150),
                y + self.random.uniform(-60, 60),
                self.random.uniform(0.6, 1.1),
            )
            self.cut(pose, "-26,-8 -12,-13 0,-2 12,-13 26,-8 12,-8 0,4 -12,-8", fill)

    # --- plants and houses -----------------------------------------------------------------

    def tree(self, x: float, y: float, h: float, fill: Fill = LEAF, trunk: str = "#6B4A35") -> None:
        """Draw a round tree."""
        self.limb(Pose(x, y, h), "0,0,.07 0,-.5,.045", trunk)
        self.limb(Pose(x, y, h), "0,-.3,.035 .12,-.5,.02", trunk)
        parts = [(0, -0.72, 0.25), (-0.19, -0.54, 0.17), (0.19, -0.56, 0.18), (0, -0.5, 0.2)]
        self.blot([(x + a * h, y + b * h, r * h, r * h) for a, b, r in parts], fill)

    def poplar(self, x: float, y: float, h: float, fill: Fill = LEAF) -> None:
        """Draw a slim poplar."""
        self.limb(Pose(x, y, h), "0,0,.04 0,-.4,.03", "#6B4A35")
        self.shape(Pose(x, y, h), "0,-1 .1,-.62 .11,-.3 0,-.1 -.11,-.3 -.1,-.62", fill)

    def spruce(self, x: float, y: float, h: float, fill: Fill = PINE) -> None:
        """Draw a blue spruce."""
        self.rect((x - h * 0.025, y - h * 0.15, h * 0.05, h * 0.15), "#5A4032")
        for path in (
            "0,-.5 .3,-.08 0,-.13 -.3,-.08",
            "0,-.75 .23,-.33 0,-.38 -.23,-.33",
            "0,-1 .16,-.58 0,-.63 -.16,-.58",
        ):
            self.cut(Pose(x, y, h), path, fill)

    def birch(self, x: float, y: float, h: float, fill: Fill = ()) -> None:
        """Draw a birch, bare if it has no leaves."""
        pose = Pose(x, y, h)
        if fill:
            parts = [(0, -0.8, 0.15), (-0.1, -0.62, 0.13), (0.11, -0.6, 0.14), (0, -0.48, 0.12)]
            self.blot([(x + a * h, y + b * h, r * h, r * h * 1.2) for a, b, r in parts], fill)
        for twig in (
            "0,-.4,.02 .12,-.62,.01 .16,-.75,.004",
            "0,-.5,.02 -.13,-.7,.01 -.16,-.84,.004",
            "0,-.62,.015 .09,-.82,.008 .1,-.92,.004",
            "0,-.33,.015 -.11,-.5,.008 -.17,-.58,.004",
        ):
            self.limb(pose, twig, "#B9B4B0")
        self.limb(pose, "0,0,.045 0,-.5,.032 .01,-1,.006", "#F4F1EA")
        for i in range(9):
            side = self.random.choice((-1, 1)) * 0.008
            self.rect(
                (x + side * h - 0.008 * h, y - h * (0.06 + i * 0.07), 0.018 * h, 0.009 * h), HAIR
            )

    def window(
        self, box: Box, glass: Fill = ("#9ED8E8", "#3F8FB5"), frame: str = "#FFFFFF"
    ) -> None:
        """Draw a window with a cross bar."""
        x, y, w, h = box
        self.rect((x - w * 0.1, y - w * 0.1, w * 1.2, h + w * 0.2), frame)
        self.rect(box, glass)
        self.rect((x + w * 0.47, y, w * 0.06, h), frame)
        self.rect((x, y + h * 0.3, w, w * 0.06), frame)

    def facade(self, box: Box, wall: Fill, grid: tuple[int, int], frame: str = "#FFFFFF") -> None:
        """Draw a wall with rows and columns of windows."""
        x, y, w, h = box
        self.rect(box, wall)
        dx, dy = w / grid[1], h / grid[0]
        for row in range(grid[0]):
            for column in range(grid[1]):
                self.window(
                    (x + dx * (column + 0.26), y + dy * (row + 0.22), dx * 0.48, dy * 0.56),
                    frame=frame,
                )

    def house(self, x: float, y: float, w: float, roof: str, wall: str = "#FBF3E2") -> None:
        """Draw a village house with blue window frames; x, y is the lower left corner."""
        pose = Pose(x, y, w / 100)
        self.cut(pose, "74,-50 74,-82 84,-82 84,-50", "#A4553F")
        self.cut(pose, "0,0 100,0 100,-44 0,-44", (wall, "#E5D6BC"))
        self.cut(pose, "0,0 100,0 100,-7 0,-7", "#8E8577")
        self.cut(pose, "-7,-42 107,-42 82,-76 18,-76", roof)
        self.cut(pose, "-7,-42 107,-42 107,-39 -7,-39", "#3A2F2C66")
        for i in (12, 42):
            self.window((x + i * w / 100, y - w * 0.34, w * 0.15, w * 0.19), frame="#2A8FB8")
        self.cut(pose, "74,-2 88,-2 88,-35 74,-35", "#2A7FA6")
        self.cut(pose, "77,-18 85,-18 85,-31 77,-31", "#BFE3EC")

    def fence(self, x: float, y: float, w: float, h: float, fill: str) -> None:
        """Draw a picket fence."""
        for rail in (0.3, 0.7):
            self.rect((x, y - h * rail, w, h * 0.09), fill)
        step = h * 0.34
        for i in range(int(w / step)):
            self.cut(Pose(x + i * step, y, h), "0,0 0,-.88 .1,-1 .2,-.88 .2,0", fill)

    def horns(self, x: float, y: float, r: float, fill: str) -> None:
        """Draw a ram's-horn ornament."""
        for side in (-1, 1):
            turn = [(r * (1 - t / 24), math.pi * (1 - t / 9)) for t in range(17)]
            dots = [
                (x + side * r * (1.05 + math.cos(a) * q / r), y - math.sin(a) * q) for q, a in turn
            ]
            self.stroke([(x + side * r * 0.05, y + r), *dots], fill, r * 0.3)

    def yurt(self, x: float, y: float, w: float, band: str = RED) -> None:
        """Draw a felt yurt w wide standing on y."""
        pose = Pose(x, y, w / 200)
        self.disc(x, y, w * 0.56, "#10254A33", w * 0.05)
        self.cut(pose, "-96,0 96,0 100,-70 -100,-70", ("#FFFDF5", "#EADFC8"))
        self.shape(
            pose,
            "-104,-66 -88,-92 -58,-118 -24,-134 24,-134 58,-118 88,-92 104,-66 0,-64",
            ("#FFFFFF", "#EFE4CE"),
        )
        for i in (-62, -31, 31, 62):
            self.limb(pose, f"{i * 0.38},-132,3 {i},-68,6", band)
        self.shape(pose, "-27,-131 -18,-147 0,-152 18,-147 27,-131", "#8A3B2A")
        self.cut(pose, "-101,-58 101,-58 102,-78 -102,-78", band)
        for i in range(-9, 10):
            self.cut(
                pose, f"{i * 10.4 - 4},-68 {i * 10.4},-75 {i * 10.4 + 4},-68 {i * 10.4},-61", GOLD
            )
        for i in (-64, 64):
            self.horns(x + i * pose.k, y - 26 * pose.k, 12 * pose.k, BLUE)
        self.cut(pose, "-23,0 23,0 23,-66 -23,-66", "#7A3325")
        for i in (-19, 2):
            self.cut(pose, f"{i},0 {i + 17},0 {i + 17},-62 {i},-62", "#B5623A")
            self.cut(pose, f"{i + 8},-20 {i + 14},-32 {i + 8},-44 {i + 2},-32", GOLD)
        self.cut(pose, "45,0 96,0 100,-70 104,-66 88,-92 58,-118 45,-75", "#10254A1C")

    def flag(self, x: float, y: float, h: float) -> None:
        """Fly a sky-blue flag with a golden sun."""
        pose = Pose(x, y, h / 100)
        self.rect((x - h * 0.012, y - h, h * 0.024, h), "#D9DEE3")
        self.shape(
            pose,
            "1,-98 1,-98 18,-101 36,-96 52,-99 52,-99 52,-72 52,-72 36,-69 18,-74 1,-71 1,-71",
            "#00AFCA",
        )
        self.disc(x + h * 0.27, y - h * 0.875, h * 0.055, GOLD)
        self.shape(pose, "16,-82 27,-79 38,-83 32,-77 27,-75 22,-77", GOLD)
        self.cut(pose, "3,-97 5,-97 5,-72 3,-71", GOLD)

    def bunting(self, a: Point, b: Point, sag: float, count: int = 14) -> None:
        """Hang a string of small flags."""

        def at(t: float) -> Point:
            return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t + sag * 4 * t * (1 - t)

        self.stroke([at(i / 30) for i in range(31)], NAVY, 2.5)
        for i in range(count):
            (x, y), (x2, y2) = at((i + 0.15) / count), at((i + 0.85) / count)
            tip = ((x + x2) / 2, max(y, y2) + (x2 - x) * 0.9)
            self.poly([(x, y), (x2, y2), tip], (BLUE, GOLD, CREAM, RED)[i % 4])

    # --- people, animals, wheels -----------------------------------------------------------

    def person(
        self,
        pose: Pose,
        coat: str,
        hands: str = "-16,-46 17,-46",
        dress: bool = False,
        hat: str = "",
    ) -> None:
        """Draw a figure pose.k * 100 tall with its feet on (x, y); `hands` says where they are."""
        if dress:
            self.limb(pose, "-4,-14,5 -5,-1,5 -2,-1,4", HAIR)
            self.limb(pose, "4,-14,5 5,-1,5 8,-1,4", HAIR)
            self.shape(pose, "-8,-80 8,-80 9,-56 18,-14 0,-11 -18,-14 -9,-56", coat)
        else:
            self.limb(pose, "-5,-46,10 -6,-22,8 -7,-2,6 -3,-1,4", "#263655")
            self.limb(pose, "5,-46,10 7,-22,8 8,-2,6 12,-1,4", "#263655")
            self.shape(pose, "-11,-80 0,-83 11,-80 12,-60 11,-42 -11,-42 -12,-60", coat)
        for side, (hx, hy) in zip((-1, 1), numbers(hands), strict=True):
            bend = f"{(hx + side * 19) / 2},{(hy - 74) / 2}"
            self.limb(pose, f"{side * 9},-76,7 {bend},6 {hx},{hy},5", coat)
            self.limb(pose, f"{hx},{hy},5 {hx},{hy},5", SKIN)
        self.limb(pose, "0,-84,6 0,-80,6", SKIN)
        self.limb(pose, "0,-92,13 0,-90,12", SKIN)
        self.shape(pose, "-7,-90 -7,-98 0,-101 7,-98 7,-91 3,-95 -4,-95", hat or HAIR)
        if hat:
            self.cut(pose, "-8,-93 8,-93 8,-96 -8,-96", GOLD)

    def horse(self, pose: Pose, coat: str, mane: str = HAIR, running: bool = True) -> None:
        """Draw a horse about 100 units high at the withers."""
        far = running and (
            "26,-54,15 52,-42,9 76,-44,6 88,-36,6",
            "-36,-58,20 -50,-36,10 -76,-30,6 -88,-20,6",
        )
        near = running and (
            "30,-54,16 50,-32,9 40,-14,6 30,-12,6",
            "-34,-56,24 -34,-32,12 -58,-18,7 -66,-6,6",
        )
        far = far or (
            "24,-54,15 26,-28,8 25,-2,6 29,-1,5",
            "-32,-58,20 -36,-30,9 -33,-2,6 -29,-1,5",
        )
        near = near or (
            "34,-54,15 36,-28,8 36,-2,6 40,-1,5",
            "-40,-58,24 -46,-30,10 -43,-2,6 -39,-1,5",
        )
        for leg in far:
            self.limb(pose, leg, mane)
        tail = "-48,-70,7 -66,-72,11 -92,-60,3" if running else "-48,-70,8 -58,-52,11 -58,-26,4"
        self.limb(pose, tail, mane)
        self.shape(
            pose, "-50,-70 -36,-80 -8,-75 22,-81 40,-74 42,-58 26,-47 -4,-45 -30,-50 -48,-56", coat
        )
        for leg in near:
            self.limb(pose, leg, coat)
        head = "62,-101,15 78,-88,10 87,-80,8" if running else "58,-108,15 68,-92,11 74,-82,8"
        neck = "30,-68,28 48,-88,20 62,-101,14" if running else "30,-68,28 44,-92,20 57,-107,14"
        self.limb(pose, neck, coat)
        self.limb(pose, head, coat)
        ear = "58,-104 64,-116 67,-104" if running else "53,-110 57,-122 62,-111"
        self.cut(pose, ear, coat)
        crest = (
            "60,-108 48,-100 30,-84 14,-80 26,-76 44,-84"
            if running
            else "56,-114 42,-104 26,-82 22,-76 36,-80 46,-96"
        )
        self.shape(pose, crest, mane)

    def sheep(self, pose: Pose, wool: Fill = ("#FFFBEF", "#D9CDB4")) -> None:
        """Draw a sheep about 60 units high."""
        for x in (-18, -9, 12, 20):
            self.limb(pose, f"{x},-20,5 {x},-1,4", "#4A3B35")
        parts = numbers(
            "-22,-34,13 -12,-42,13 2,-44,14 15,-41,13 23,-33,12 12,-26,13 -4,-24,14 -18,-26,13"
        )
        self.blot(
            [
                (pose.x + pose.face * pose.k * x, pose.y + pose.k * y, pose.k * r, pose.k * r)
                for x, y, r in (*parts, (0, -34, 16))
            ],
            wool,
        )
        self.limb(pose, "30,-46,13 40,-36,8", "#4A3B35")
        self.limb(pose, "27,-48,5 20,-44,4", "#4A3B35")

    def wheel(self, x: float, y: float, r: float, hub: str = GOLD) -> None:
        """Draw a wheel."""
        self.disc(x, y, r, "#22262E")
        self.disc(x, y, r * 0.55, hub)
        self.disc(x, y, r * 0.2, "#22262E")
