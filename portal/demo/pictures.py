"""The demo's own news pictures, drawn on the spot so that the repository carries no photos."""

from typing import NamedTuple

from PIL import Image, ImageOps

from portal.demo import scenes_land, scenes_life
from portal.demo.canvas import HEIGHT, WIDTH, Canvas


class PictureDescription(NamedTuple):
    """Alternative text in the portal's three languages."""

    kk: str
    ru: str
    en: str


PICTURES: dict[str, PictureDescription] = {
    "steppe_dawn": PictureDescription(
        "Дала үстінде таң атып келеді: қырлар мен күннің алғашқы сәулелері",
        "Рассвет над степью: холмы и первые лучи солнца",
        "Dawn over the steppe: hills and the first rays of the sun",
    ),
    "steppe_summer": PictureDescription(
        "Жазғы дала: жасыл қырлар арасындағы қара жол мен қызғалдақтар",
        "Летняя степь: просёлочная дорога среди зелёных холмов и тюльпаны",
        "The steppe in summer: a dirt road among green hills and tulips",
    ),
    "steppe_winter": PictureDescription(
        "Қысқы дала: ақ қар басқан қырлар, қайыңдар және қардағы із",
        "Зимняя степь: заснеженные холмы, берёзы и цепочка следов на снегу",
        "The steppe in winter: snowy hills, birches and a line of tracks in the snow",
    ),
    "river_nura": PictureDescription(
        "Нұра өзенінің иірімдері, жағадағы талдар мен қамыс кешкі жарықта",
        "Излучины реки Нуры, ивы на берегах и камыш в вечернем свете",
        "Bends of the Nura River with willows and reeds in the evening light",
    ),
    "village_street": PictureDescription(
        "Ауыл көшесі: ақ үйлер, қоршаулар, теректер мен тоқтап тұрған адамдар",
        "Сельская улица: белые дома, заборы, тополя и прохожие",
        "A village street with white houses, fences, poplars and passers-by",
    ),
    "school": PictureDescription(
        "Күзгі ағаштар арасындағы мектеп пен сабаққа бара жатқан оқушылар",
        "Школа среди осенних деревьев и ученики, идущие на занятия",
        "A school among autumn trees and pupils on their way to class",
    ),
    "wheat_field": PictureDescription(
        "Пісіп тұрған бидай алқабы: алдыңғы шепте алтын масақтар",
        "Спелое пшеничное поле: золотые колосья на переднем плане",
        "A ripe wheat field with golden ears in the foreground",
    ),
    "combine": PictureDescription(
        "Комбайн кешкі алқапта бидай орып жүр",
        "Комбайн убирает пшеницу на вечернем поле",
        "A combine harvesting wheat in the evening",
    ),
    "sheep_herd": PictureDescription(
        "Жайлауда жайылған қой отары мен атқа мінген шопан",
        "Отара овец на пастбище и чабан верхом на коне",
        "A flock of sheep at pasture and a shepherd on horseback",
    ),
    "hospital": PictureDescription(
        "Аудандық аурухананың жаңа ғимараты мен кіреберістегі жедел жәрдем көлігі",
        "Новое здание районной больницы и машина скорой помощи у входа",
        "The new district hospital building with an ambulance at the entrance",
    ),
    "water_tower": PictureDescription(
        "Кешкі аспан аясындағы су мұнарасы мен ауыл үйлерінің шатырлары",
        "Водонапорная башня и крыши села на фоне вечернего неба",
        "A water tower and village roofs against the evening sky",
    ),
    "road_works": PictureDescription(
        "Жол жөндеу: таптағыш жаңа асфальтты нығыздап жатыр, қасында жұмысшылар",
        "Ремонт дороги: каток укатывает свежий асфальт, рядом рабочие",
        "Road works: a roller compacting fresh asphalt beside the workers",
    ),
    "library": PictureDescription(
        "Ауылдық кітапхана: сөрелердегі кітаптар мен терезе алдында кітап оқып отырған қыз",
        "Библиотека: полки с книгами и девушка, читающая у окна",
        "A library with full bookshelves and a girl reading by the window",
    ),
    "concert_dombra": PictureDescription(
        "Сахнада прожектор жарығында домбыра тартып отырған күйші",
        "Музыкант играет на домбре на сцене в свете прожекторов",
        "A musician playing the dombra on stage in the spotlights",
    ),
    "horse_race": PictureDescription(
        "Бәйге: көрермендер алдында шауып бара жатқан шабандоздар",
        "Байга: всадники мчатся галопом мимо зрителей",
        "A baige horse race: riders galloping past the spectators",
    ),
    "yurt_festival": PictureDescription(
        "Ою-өрнекті ақ киіз үйлер, түрлі түсті жалаушалар және мерекеге жиналған жұрт",
        "Белые юрты с орнаментом, разноцветные флажки и люди на празднике",
        "White yurts with ornaments, colourful pennants and people at a festival",
    ),
    "snowstorm": PictureDescription(
        "Боранда фарын жағып, жолды қардан тазалап келе жатқан көлік",
        "Снегоуборочная машина с включёнными фарами расчищает дорогу в буран",
        "A snowplough with its headlights on clearing the road in a snowstorm",
    ),
    "greenhouse": PictureDescription(
        "Жылыжайда пісіп тұрған қызанақ қатарлары мен себет ұстаған жұмысшы",
        "Теплица с рядами спелых помидоров и работница с корзиной",
        "A greenhouse with rows of ripe tomatoes and a worker holding a basket",
    ),
    "sports_hall": PictureDescription(
        "Спорт залында баскетбол ойнап жүрген жасөспірімдер",
        "Подростки играют в баскетбол в спортивном зале",
        "Teenagers playing basketball in a sports hall",
    ),
    "solar_panels": PictureDescription(
        "Күн астында далада қатар-қатар орнатылған күн панельдері",
        "Ряды солнечных панелей в степи под ярким солнцем",
        "Rows of solar panels in the steppe under a bright sun",
    ),
    "bridge": PictureDescription(
        "Өзен үстіндегі аркалы көпірмен өтіп бара жатқан автобус",
        "Автобус едет по арочному мосту через реку",
        "A bus crossing an arched bridge over a river",
    ),
    "trees_planting": PictureDescription(
        "Көктемде көшет отырғызып, суарып жатқан адамдар",
        "Люди сажают и поливают молодые деревья весной",
        "People planting and watering young trees in spring",
    ),
    "market_fair": PictureDescription(
        "Жәрмеңке: жолақ шатырлы сөрелердегі жеміс-жидек пен сатып алушылар",
        "Ярмарка: прилавки с фруктами под полосатыми навесами и покупатели",
        "A fair with fruit stalls under striped awnings and shoppers",
    ),
    "akimat_building": PictureDescription(
        "Бағаналы, көк күмбезді, төбесінде ту желбіреген әкімдік ғимараты",
        "Здание акимата с колоннами, голубым куполом и флагом",
        "The akimat building with columns, a blue dome and a flag",
    ),
}

_SCENES = {scene.__name__: scene for scene in (*scenes_land.SCENES, *scenes_life.SCENES)}


def draw(name: str, size: tuple[int, int] = (1600, 1000)) -> Image.Image:
    """Draw a picture; the same name and size always give the same pixels."""
    scale = max(size[0] / WIDTH, size[1] / HEIGHT)
    canvas = Canvas(name, 2 * scale)  # twice the size, so that the reduction smooths the edges
    _SCENES[name](canvas)
    return ImageOps.fit(canvas.image, size, Image.Resampling.LANCZOS)
