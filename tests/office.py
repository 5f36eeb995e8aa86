"""A small office: three tables, two minutes, and what it says of itself."""

from __future__ import annotations

from pathlib import Path

PROJECTS_CSV = """project,lead,status,budget,start
Orion,Mei,open,40000,2023-02-01
Lighthouse,Farid,closed,12000,2022-05-11
Heron,Mei,open,8500,2024-01-15
Juniper,Anna,open,22000,2023-09-01
Cobalt,Mei,blocked,15000,2023-11-20
Saffron,Tomas,closed,9000,2021-03-02
Pelican,Farid,open,31000,2024-04-08
Mistral,Mei,closed,7000,2022-10-10
"""
STAFF_CSV = """name,department,city,hours,joined
Mei Tanaka,Engineering,Bergen,40,2015-04-01
Farid Nasser,Engineering,Leeds,40,2018-09-15
Anna Holm,Support,Bergen,20,2020-01-07
Tomas Reyes,Support,Leeds,40,2012-06-30
Petra Lind,Finance,Bergen,30,2019-11-01
Jonas Beck,Sales,Porto,40,2021-02-15
Ines Prado,Sales,Porto,25,2022-08-22
"""
INVOICES_CSV = """invoice,customer,amount,due,status
1001,Halden Ltd,1200.00,2024-03-01,paid
1002,Brandvold AS,560.50,2024-03-15,open
1003,Halden Ltd,980.00,2024-04-01,open
1004,Orre Group,4300.00,2024-04-10,paid
1005,Brandvold AS,75.00,2024-04-20,overdue
1006,Tessin SA,310.00,2024-05-02,open
"""
MINUTES_JUNE_MD = """# Minutes of the meeting of 12 June 2024

Present: Mei Tanaka, Farid Nasser, Anna Holm, Petra Lind.

## Playground

The parish wants to renew the playground behind the office. Petra said the budget does not allow
it this year. Farid suggested to ask Halden Ltd for a donation.

## Decisions

- The lease with Brandvold AS is renewed until 2027.
- Anna becomes responsible for backups.
- The summer party takes place on 19 July.

## Action items

1. Mei writes the offer for Orre Group.
2. Farid orders a new alarm panel.
3. Petra checks the invoices of Tessin SA.
4. Anna tests the backups every month.
"""
MINUTES_MAY_MD = """# Minutes of the meeting of 8 May 2024

Present: Mei Tanaka, Tomas Reyes, Jonas Beck.

Jonas reported that Orre Group employs 240 people and is looking for a partner in Porto. Tomas
complained about the noise from the building site next door. The playground was not discussed
for lack of time.

Mei runs four projects at the moment and asked for help with Cobalt, which is blocked by a
missing permit. Lisbon Water, a customer of Orre Group, might join later. Jonas met people from
Kestrel Bank and from Novatek in Leeds.
"""
ABOUT_TXT = """Our company

We build measuring instruments for harbours. The company was founded in Bergen in 1998 by Ida
Holm. In 2003 we opened an office in Leeds, and in 2016 one in Porto.

Our largest customer is Halden Ltd, which runs eleven harbours. Brandvold AS, from whom we rent
our office, is a customer too. In 2019 Orre Group ordered twelve buoys. Tessin SA followed in
2021.

The harbour buoy measures salinity, temperature and the height of the waves. It is powered by
the sun. Buoys are serviced twice a year by a boat from Bergen.

Should we open an office in Oslo? Ida Holm says it would bring us nearer to the ministry. Petra
Lind says it is too expensive.
"""

OFFICE = {
    "projects.csv": PROJECTS_CSV,
    "staff.csv": STAFF_CSV,
    "invoices.csv": INVOICES_CSV,
    "minutes-june.md": MINUTES_JUNE_MD,
    "minutes-may.md": MINUTES_MAY_MD,
    "about.txt": ABOUT_TXT,
}


def write_office(folder: Path) -> Path:
    """The files in `folder`."""
    for name, text in OFFICE.items():
        (folder / name).write_text(text, "utf-8")
    return folder
