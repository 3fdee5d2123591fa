import { describe, expect, it } from "vitest";

import type { Person } from "./bindings/Person";
import { count, Roster, search } from "./roster";
import { personOf } from "./testing";

const names = (roster: Roster): (string | null)[] => roster.sorted.map(({ person }) => person.name);

function rosterOf(...people: Partial<Person>[]): Roster {
  const roster = new Roster();
  roster.replace(people.map((person, index) => personOf({ id: `work/${index}`, ...person })));
  return roster;
}

describe("the roster", () => {
  it("puts me first, then everybody by name, the nameless last", () => {
    const roster = rosterOf({ name: "Zoë" }, { name: null }, { name: "anna" }, { name: "Olga", me: true });
    expect(names(roster)).toEqual(["Olga", "anna", "Zoë", null]);
  });

  it("is the same list after patches as after one view", () => {
    let seed = 7;
    const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
    const office = new Map<string, Person>();
    const roster = new Roster();
    for (let round = 0; round < 60; round++) {
      const changed = Array.from({ length: random(12) }, () =>
        personOf({
          id: `work/${random(40)}`,
          name: random(9) === 0 ? null : `N${random(25)}`,
          me: random(20) === 0,
          availability: random(2) === 0 ? "busy" : "away",
        }),
      );
      const unique = [...new Map(changed.map((person) => [person.id, person])).values()];
      const gone = [...office.keys()].filter(
        (id) => random(15) === 0 && !unique.some((one) => one.id === id),
      );
      for (const person of unique) office.set(person.id, person);
      for (const id of gone) office.delete(id);
      roster.patch(unique, gone);
      const whole = new Roster();
      whole.replace([...office.values()]);
      expect(roster.sorted).toEqual(whole.sorted);
    }
  });

  it("never changes a list that a page still shows", () => {
    const roster = rosterOf({ name: "Anna" }, { name: "Bo" });
    const before = roster.sorted;
    roster.patch([personOf({ id: "work/0", name: "Anna", availability: "busy" })], ["work/1"]);
    expect(before.map(({ person }) => person.availability)).toEqual(["available", "available"]);
    expect(roster.sorted).toHaveLength(1);
  });

  it("makes anew only those who changed among 10,000", () => {
    const people = Array.from({ length: 10_000 }, (_, i) =>
      personOf({ id: `work/${i}`, name: `Person ${i}` }),
    );
    const roster = new Roster();
    roster.replace(people);
    const before = new Set(roster.sorted);
    const changed = people
      .filter((_, i) => i % 10 === 0)
      .map((person): Person => ({ ...person, availability: "busy" }));
    roster.patch(changed, []);
    expect(roster.sorted.filter((entry) => !before.has(entry))).toHaveLength(1_000);
  });
});

describe("the search", () => {
  const roster = rosterOf(
    { name: "Jørgen Ærø", number: "+45 11 22 33 44" },
    { name: "Åse Groß", number: "17" },
    { name: "محمد", number: null },
  );
  const found = (query: string): (string | null)[] =>
    search(roster.sorted, query).map(({ person }) => person.name);

  it("finds names without their accents, words in any order", () => {
    expect(found("aero jorg")).toEqual(["Jørgen Ærø"]);
    expect(found("ASE GROSS")).toEqual(["Åse Groß"]);
    expect(found("محم")).toEqual(["محمد"]);
  });

  it("finds numbers however they are written", () => {
    for (const query of ["11223344", "+4511 22", "0045 1122", "(11)22-33"]) {
      expect(found(query), query).toEqual(["Jørgen Ærø"]);
    }
    expect(found("17")).toEqual(["Åse Groß"]);
  });

  it("shows everybody for nothing and nobody for nonsense", () => {
    expect(found("  ")).toHaveLength(3);
    expect(found("xyz")).toEqual([]);
  });
});

it("counts nobody as free who cannot be heard", () => {
  const roster = rosterOf({}, { stale: true }, { availability: "busy" });
  expect(count(roster.sorted, false)).toMatchObject({ available: 1, busy: 1, stale: 1 });
  expect(count(roster.sorted, true)).toMatchObject({ available: 0, busy: 0, stale: 3 });
});
