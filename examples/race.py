"""
Race condition: ten deposits of 1, and 1 in the account.

A deposit reads the balance, asks the bank, and writes what it has read plus 1.
Then the same with a bank that answers at once, and with the bank asked first.
At last two threads make a million deposits each, and ask no bank at all.

    python3 examples/race.py
"""

import asyncio
import sys
import time

DEPOSITS = 10


class Account:
    balance = 0

    def read(self):
        return self.balance

    def write(self, balance):
        self.balance = balance


async def bank():
    await asyncio.sleep(0.02)  # seconds


async def mock():
    """Answers at once, as a test's stand-in or a cache does."""


async def with_gap(account, agrees=bank):
    before = account.read()
    await agrees()
    account.write(before + 1)


async def without_gap(account, agrees=bank):
    await agrees()
    account.write(account.read() + 1)


async def in_turn(name, deposit, *bank):
    account = Account()
    for _ in range(DEPOSITS):
        await measured(name, deposit(account, *bank))
    return account.balance


async def at_once(name, deposit, *bank):
    account = Account()
    deposits = (deposit(account, *bank) for _ in range(DEPOSITS))
    await asyncio.gather(*(measured(name, each) for each in deposits))
    return account.balance


async def in_threads(times=1_000_000):
    """Nothing waits between reading and writing. How many are lost?"""
    account = Account()

    def deposit():
        for _ in range(times):
            account.write(account.read() + 1)

    threads = (asyncio.to_thread(deposit) for _ in range(2))
    await asyncio.gather(*(measured("two threads", each) for each in threads))
    return 2 * times - account.balance


async def measured(name, deposit):
    start = time.perf_counter()
    await deposit
    sys.audit("measure", name, start, time.perf_counter())


async def main():
    print("in turn: balance", await in_turn("in turn", with_gap))
    print("at once: balance", await at_once("at once", with_gap))
    print("mock: balance", await at_once("mock", with_gap, mock))
    print("no gap: balance", await at_once("no gap", without_gap))
    print("two threads: lost", await in_threads())


if __name__ == "__main__":
    asyncio.run(main())
