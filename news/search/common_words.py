"""Words that say nothing about what is looked for; left out of a query that has others."""

COMMON_WORDS = frozenset(
    # Kazakh, Russian, English
    """
    ал ана бар басқа бе ба бен бері бір бірақ бойынша болады болды болып болған бұл бұны ғана да де
    деген деп дейін егер едің еді екен емес енді ең жатыр және жоқ жөнінде жөніндегі
    кезде кейін келе кім кімге кімдер кімнің қай қайда қайсы қалай қандай қанша
    қашан қашаннан ма ме мен менің мына мұнда не немесе неге неше нешінші о ол олар олардың оны
    оның осы осындай отыр өз өзі пе па пен сен сиякты сияқты соң сол сондай сіз туралы тұр
    үшін ше шейін арқылы барлық әр әрі біз біздің мәлімет келеді тиіс керек

    а без бы был была были было быть в вам вас весь во вот все всего вы где да для до его ее если
    есть еще же за здесь и из или им их к как какая какие какой какого каком ко когда которая
    которые который кто ли либо между меня мне можно мы на над надо нам нас не него нее нет ни
    них но ну о об от по под при про с сейчас со так также такой там то тоже того только том ты
    у уже чего чем что чтобы чья чье чей эта эти это этого этой этом этот я сколько куда откуда
    почему зачем кому кем кого

    a about an and are as at be been but by can did do does for from had has have he her his how
    i if in into is it its me my no not of on or our she so than that the their them then there
    these they this to was we were what when where which who whom whose why will with would you
    your
    """.split()  # noqa: SIM905 - a list of literals would be three screens
)
