"""Invented articles of six to thirty sentences, of which the pairs are made."""

from __future__ import annotations

FERRY = """The Ferry of Ostrava Sound

By Marit Lund

12 March 2018

The ferry across Ostrava Sound has run since 1911. It carries 240 passengers and 18 cars. The
crossing takes twenty-five minutes in calm weather.

Until the war the boat was a paddle steamer called Halcyon. She burned four tonnes of coal a day.
Her engineer, Tobias Reck, kept a diary of every crossing for nineteen years.

The present boat, Halcyon II, was built in Gdynia. Her hull was lengthened by six metres in 1974.
The county pays a third of her costs.

Fog stops the ferry on eleven days of an ordinary year. On those days the bus drives around the
head of the sound, which takes two hours. Nobody has drowned on the crossing since records began.
"""

LIBRARY = """# A Library of Seeds

Anyone in Veldhoven may borrow seeds from the old post office. In autumn they bring back as many as
they took. There are no fines.

## How it began

A teacher, Noor Hendriks, started it in 2009 with forty jars of beans. Her pupils drew the labels.
The council was not asked for money.

## What is lent

- Beans and peas are lent by the spoonful.
- Tomatoes are lent by the dozen seeds.
- Pumpkins are lent to members alone, because they cross with one another.

## What is lost

One jar in nine comes back empty. The rust of 2016 took the whole of the broad beans. Since then a
second set is kept in the cellar of the church at Oerle.
"""

QUARRY = """\
The quarry at Hallin was worked for slate from 1798 until 1962. At its height it employed 310 men.
They split the slate by hand in open sheds along the tramway. A good splitter made six hundred
roofing slates in a shift.

The tramway ran down to the pier in two inclines. Full wagons drew the empty ones up. In the winter
of 1881 a rope broke on the upper incline and eleven wagons ran into the smithy. The smith had gone
to his dinner.

After the closing the pit filled with water. It is 64 metres deep and very cold. Divers from
Carrick use it on Sundays, and a firm tests its pumps there. Swimming is forbidden.

The council wants to fence the northern edge. The owner says that the fence on the map of 1955 is
still standing. Both have hired a surveyor. The surveyors agree that the edge moves inward by nine
centimetres a year.
"""

MINUTES = """Minutes of the Allotment Society

Meeting of 3 May 2022 in the parish room

Present were Agnes Pohl, Idris Vaughan, Bea Molnar and nineteen members.

Water

The new tap at the lower gate was paid from the reserve. It cost 412 pounds. The tap by the orchard
leaks and will be closed until June.

Plots

Seven plots are free. The waiting list has twenty-three names on it. Plot 14 will be divided in two.
The motion to allow bonfires was not carried.

Next meeting

The society meets again on 7 June 2022. Idris Vaughan will bring the accounts.
"""

MOSS = """\
Peat moss grows upward and dies below. A bog of moss rises by about one millimetre a year. What
lies in it is kept from the air and hardly rots. The oldest moss in the bog of Lenne is therefore
seven thousand years old.

Drainage changed that in a single century. Farmers cut ditches every fifteen metres. The surface
sank by two metres between 1880 and 1990. Where it sank, birch and purple grass came in.

In 2004 the ditches were closed with 1,900 small dams of larch. Within three years the water stood
at the surface again. Rangers spread moss by hand in the barest places. It took hold in half of
them.

The crane came back in 2011 without being asked. Four pairs bred in 2019. The sundew is common on
the southern edge and missing in the north. Nobody knows why.

Visitors walk on a path of planks that is 3.5 kilometres long. Dogs are not allowed on it. The
warden, Jelle Brandsma, leads a walk at dawn on the first Sunday of May. The walk is free, but
boots are needed.

A school measures the water every week. Its longest series began in September 2005. It shows that a
dry summer costs the bog more than a wet one gives it.
"""

CLOCK = """# The town clock of Perlow

The clock in the tower of Perlow was made by Anton Weiss in 1683. It had one hand. People read the
quarters by guessing.

In 1790 a second hand was added. The striking train was replaced in the same year. The bell is older
than both and weighs 870 kilograms.

The clock must be wound every thirty hours. For ninety years this was done by the Sorge family.
Since 1998 a motor has done it.
"""

BAKERY = """# Rules for the village oven

The oven is fired on Fridays at five in the morning. Whoever wants to bake writes a name on the
slate by Wednesday evening.

## Wood

Each household brings two bundles of dry beech. Spruce is not burned, since its resin stains the
stones. The oven takes 45 minutes to whiten.

## Order

- Rye loaves go in first and stay for seventy minutes.
- Wheat loaves follow when the rye is out.
- Cakes and plums come last, in the falling heat.

## Cleaning

The last household rakes out the ashes. The rake hangs behind the door, and it must hang there
again. Ashes go to the rose beds of Mrs Adler. Whoever forgets pays three crowns into the tin. The
tin paid for the new door in 2014.

## Children

Children under ten may watch from the bench. They do not go near the mouth of the oven. Karel Novak
burned his arm there in 1987 and tells everyone about it.
"""

DEVELOPED = {
    "ferry.txt": FERRY,
    "library.md": LIBRARY,
    "quarry.txt": QUARRY,
    "minutes.txt": MINUTES,
    "moss.txt": MOSS,
    "clock.md": CLOCK,
    "bakery.md": BAKERY,
}

WEAVER = """Weaving with nettles

Nettle cloth was worn in the Ilmen valley until cotton came in the 1840s. The stalks were cut in
September, when the leaves had fallen. They lay in the stream for ten days.

After that they were broken over a bench. The fibres were combed with a hedgehog skin or with nails
set in a board. One shirt took the stalks of four hundred plants. A shirt lasted twenty years.

Ludmila Hajek learned it from her grandmother. She has taught it since 2007 in the mill at Zdar.
Courses last three days and are held in March. Nobody has yet finished a whole shirt in a course.

The cloth is green at first and grey after the second wash. It is cool in summer. It does not
scratch, whatever people think.
"""

BRIDGE = """# The wooden bridge of Aspen

The bridge of Aspen crosses the Rohr in five spans. It was built of larch in 1764 by the brothers
Caspar and Ulrich Frey. Its roof has 31,000 shingles.

## The fire

On the night of 9 August 1891 a cart of hay burned on the bridge. Two spans fell into the river. The
ferryman's daughter swam across with a rope, and by dawn the post could pass.

## The law

Lorries over 3.5 tonnes may not cross. Horses are led at a walk. The fine is 80 francs.

## Repairs

The shingles are renewed in turn, one side of the roof in every eighth year. The northern side was
done in 2013. The beams were tested with a drill in 2017 and found to be sound. The next test is due
after fifteen years.
"""

BEES = """Report of the Beekeepers of Upper Sarn for 2021

Colonies

The members kept 412 colonies in October. In the year before there were 388. Eleven colonies died
in winter, most of them of hunger.

Honey

The lime trees flowered early and the rape late. A colony gave 17 kilograms of honey on average. The
best gave 41 kilograms and belongs to Petra Winkler. Heather honey was not harvested.

Mites

All colonies were treated twice. The strips were hung in August and the acid was dripped in
December. Two members did not report their counts.

Money

The society spent 1,150 crowns on a new extractor. It is kept at the house of Jan Urban. Members may
borrow it for two days. Dues remain at 25 crowns.

Thanks

The board thanks the school for its meadow. The board also thanks whoever returned the smoker.
"""

TIDE = """\
The tide mill at Corran ground oats for two hundred years. It has no river. A dam closes the mouth
of a small bay, and the flood fills it through a gate. When the sea has fallen by a metre and a half
the miller opens the sluice, and the wheel turns for five hours.

The mill therefore worked at another hour each day. The miller slept when the tide allowed it. The
parish forgave him when he missed church.

It stopped in 1939, when the last miller, Ewan Laird, was called to the navy. The wheel was taken
for scrap. The walls were used as a boathouse.

Since 2012 a trust has restored it. The new wheel is of oak and weighs six tonnes. It was carried
over the dam on rollers by 140 people. The first oats were ground on 21 June 2019.

The mill is open from April to October. Visitors pay four pounds, and children pay nothing. The
stairs are steep and there is no lift. The trust sells the meal in bags of one kilogram. It keeps
for three months in a dry place.
"""

TRAM = """# Line 6 returns

From Monday line 6 runs again between Nordplatz and the cemetery. The first tram leaves at 5.12 and
the last at 23.40. Trams run every ten minutes.

The line was closed for fourteen months because the rails in Weberstrasse had sunk. Works cost 6.3
million and took five weeks longer than planned. The city blames a forgotten cellar.

| Stop | Minutes from Nordplatz |
|---|---|
| Weberstrasse | 4 |
| Old Slaughterhouse | 9 |
| Cemetery | 15 |

The stop at the baths is given up. Passengers walk 200 metres to Weberstrasse instead. Tickets for
the bus that replaced the tram are valid until the end of May.
"""

WELL = """\
The well in the square of Santa Brigida is 53 metres deep. It was dug by hand between 1587 and
1591. Two donkeys walked in a wheel to lift one barrel.

The water is hard and tastes of iron. It was never found to be unclean. In the cholera year of 1855
the square lost nobody.

Boys used to drop stones into it and count. The priest, Don Aurelio Pace, counted with them. He
wrote that a stone needs three and a third seconds.

In 1968 a grating was laid over the shaft. A coin falls through it all the same. The coins are taken
out every second year and pay for the lamps.
"""

SCHOOL = """# House rules of the music school

These rules hold for pupils, parents and teachers. They were agreed upon on 14 February 2020.

1. Lessons begin on the hour and last fifty minutes.
2. A lesson that a pupil misses is not given again.
3. A lesson that a teacher misses is given again within six weeks.
4. Instruments are lent for a year against a deposit of 120 euros.
5. Pianos are not moved.
6. The drum room is closed after eight in the evening.

Rooms may be used for practice when they are free. The key is with Mr Okafor in the basement. He
leaves at nine. Food stays outside, and so do bicycles.

Concerts take place in the hall on the last Thursday of each month. Every pupil plays once a year.
Those who would rather not play turn the pages.

The school is closed on public holidays. It stays open in the autumn holidays, except for the
pottery. Whoever finds a window open closes it.
"""

HELD_OUT = {
    "weaver.txt": WEAVER,
    "bridge.md": BRIDGE,
    "bees.txt": BEES,
    "tide.txt": TIDE,
    "tram.md": TRAM,
    "well.txt": WELL,
    "school.md": SCHOOL,
}

ARTICLES = DEVELOPED | HELD_OUT
