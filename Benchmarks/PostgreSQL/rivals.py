#!/usr/bin/env python3
"""The work of PostgresBenchmarks by asyncpg and psycopg, as far as they are installed: rivals.py CONNECTION-STRING

It reads the tables that PostgresBenchmarks has made. Of each line the clock's and the processor's microseconds of one operation:
medians of five rounds.
"""
import asyncio, resource, statistics, sys, time

COLUMNS = "a, b, c, d, e, f, g, h, i, j"
POINTS, ROWS, INSERTS, MANY, COPIES = 5_000, 200_000, 10_000, 50_000, 100_000


def processor():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


async def measure(library, name, count, before, work):
    walls, processors = [], []
    for _ in range(5):
        if before:
            await before()
        wall, cpu = time.perf_counter(), processor()
        await work()
        walls.append((time.perf_counter() - wall) / count * 1e6)
        processors.append((processor() - cpu) / count * 1e6)
    print(f"{library:8} {name:34} {statistics.median(processors):8.2f} {statistics.median(walls):8.2f}", flush=True)


def options(string):
    """`host=… user=…` as keywords."""
    return dict(part.split("=", 1) for part in string.split())


async def with_asyncpg(string):
    import asyncpg

    known = options(string)
    arguments = {"host": known.get("host"), "user": known.get("user"), "database": known.get("dbname"), "port": known.get("port")}
    arguments = {key: value for key, value in arguments.items() if value}
    one = await asyncpg.connect(**arguments)
    pool = await asyncpg.create_pool(min_size=8, max_size=8, **arguments)
    point = f"SELECT {COLUMNS} FROM bench WHERE a = $1"
    prepared = await one.prepare(point)
    line = lambda name, count, work, before=None: measure("asyncpg", name, count, before, work)
    empty = lambda: one.execute("TRUNCATE bench_rows")

    async def points():
        for index in range(POINTS):
            await prepared.fetchrow(index * 7 % 200_000 + 1)

    async def on_eight(tasks):
        async def task(number):
            for index in range(POINTS // tasks):
                async with pool.acquire() as connection:
                    await connection.fetchrow(point, (number * 31 + index * 7) % 200_000 + 1)
        await asyncio.gather(*[task(number) for number in range(tasks)])

    async def scan():
        await one.fetch(f"SELECT {COLUMNS} FROM bench")

    insert = await one.prepare("INSERT INTO bench_rows (a, b) VALUES ($1, $2)")

    async def inserts():
        async with one.transaction():
            for index in range(INSERTS):
                await insert.fetch(index, "text")

    async def flight():
        await one.executemany("INSERT INTO bench_rows (a, b) VALUES ($1, $2)", [(index, "text") for index in range(MANY)])

    async def unnest():
        await one.execute(
            "INSERT INTO bench_rows (a, b) SELECT * FROM unnest($1::int8[], $2::text[])", list(range(MANY)), ["text"] * MANY)

    async def copy():
        await one.copy_records_to_table(
            "bench_rows", records=[(index, "text") for index in range(COPIES)], columns=["a", "b"])

    await line("point read, 10 columns", POINTS, points)
    for tasks in (8, 64):
        await line(f"the same, {tasks} tasks on 8", POINTS, lambda tasks=tasks: on_eight(tasks))
    await line("200,000 rows", ROWS, scan)
    await line("INSERT one by one, one transaction", INSERTS, inserts, empty)
    await line("INSERT in one flight", MANY, flight, empty)
    await line("INSERT from arrays (unnest)", MANY, unnest, empty)
    await line("COPY", COPIES, copy, empty)


async def with_psycopg(string):
    import psycopg

    one = await psycopg.AsyncConnection.connect(string, autocommit=True)
    line = lambda name, count, work, before=None: measure("psycopg", name, count, before, work)
    empty = lambda: one.execute("TRUNCATE bench_rows")
    insert = "INSERT INTO bench_rows (a, b) VALUES (%s, %s)"

    async def points():
        async with one.cursor(binary=True) as cursor:
            for index in range(POINTS):
                await cursor.execute(f"SELECT {COLUMNS} FROM bench WHERE a = %s", (index * 7 % 200_000 + 1,), prepare=True)
                await cursor.fetchone()

    async def scan():
        async with one.cursor(binary=True) as cursor:
            await cursor.execute(f"SELECT {COLUMNS} FROM bench")
            await cursor.fetchall()

    async def inserts():
        async with one.transaction(), one.cursor() as cursor:
            for index in range(INSERTS):
                await cursor.execute(insert, (index, "text"), prepare=True)

    async def flight():
        async with one.transaction(), one.cursor() as cursor:
            await cursor.executemany(insert, [(index, "text") for index in range(MANY)])

    async def unnest():
        await one.execute(
            "INSERT INTO bench_rows (a, b) SELECT * FROM unnest(%s::int8[], %s::text[])", (list(range(MANY)), ["text"] * MANY))

    async def copy():
        async with one.cursor() as cursor, cursor.copy("COPY bench_rows (a, b) FROM STDIN (FORMAT binary)") as copy:
            copy.set_types(["int8", "text"])
            for index in range(COPIES):
                await copy.write_row((index, "text"))

    await line("point read, 10 columns", POINTS, points)
    await line("200,000 rows", ROWS, scan)
    await line("INSERT one by one, one transaction", INSERTS, inserts, empty)
    await line("INSERT in one flight", MANY, flight, empty)
    await line("INSERT from arrays (unnest)", MANY, unnest, empty)
    await line("COPY", COPIES, copy, empty)


print(f"{'':43}  CPU µs   wall µs")
for name, run in [("asyncpg", with_asyncpg), ("psycopg", with_psycopg)]:
    try:
        __import__(name)
    except ImportError:
        print(f"not installed: {name}")
        continue
    asyncio.run(run(sys.argv[1]))
