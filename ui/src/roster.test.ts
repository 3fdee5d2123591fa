import { describe, expect, it } from "vitest";

import type { Person } from "./bindings/Person";
import { count, type Grouping, Roster, rows, search } from "./roster";
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

  it("is the same list while people only do something else, and another one when anybody comes or leaves", () => {
    const roster = rosterOf({ name: "Anna" }, { name: "Bo" });
    const before = roster.sorted;
    roster.patch([personOf({ id: "work/0", name: "Anna", availability: "busy" })], []);
    expect(roster.sorted).toBe(before);
    expect(roster.sorted[0]?.person.availability).toBe("busy");
    roster.patch([], ["work/1"]);
    expect(before).toHaveLength(2);
    expect(names(roster)).toEqual(["Anna"]);
  });

  it("counts along with every patch as it would count anew", () => {
    const roster = rosterOf({ name: "Anna" }, { name: "Bo", availability: "busy" }, { name: "Cleo" });
    roster.patch(
      [
        personOf({ id: "work/0", name: "Anna", availability: "away" }),
        personOf({ id: "work/1", name: "Bob", availability: "busy", stale: true }),
        personOf({ id: "work/9", name: "Dan" }),
      ],
      ["work/2", "work/none"],
    );
    expect(roster.counts(false)).toEqual(count(roster.sorted, false));
    expect(roster.counts(true)).toEqual(count(roster.sorted, true));
  });

  it("finds in a department whoever has moved there", () => {
    const roster = rosterOf({ name: "Anna", department: "Sales" });
    roster.patch([personOf({ id: "work/0", name: "Anna", department: "Support" })], []);
    expect(search(roster.sorted, "support")).toHaveLength(1);
    expect(search(roster.sorted, "sales")).toHaveLength(0);
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

describe("the list", () => {
  const words = { favourites: "Favourites", rest: "Everybody", nowhere: "Nowhere" };
  const roster = rosterOf(
    { name: "Anna", department: "Sales, Support" },
    { name: "Bo", department: "Sales" },
    { name: "Cleo" },
  );
  const shown = (by: Grouping, favourites: string[], folded: string[] = []): string[] =>
    rows(roster.sorted, by, new Set(favourites), new Set(folded), words).map((row) =>
      row.kind === "heading" ? `${row.title} ${row.count}` : row.entry.title,
    );

  it("has headings only where there is something to tell apart", () => {
    expect(shown("none", [])).toEqual(["Anna", "Bo", "Cleo"]);
    expect(shown("none", ["work/1"])).toEqual(["Favourites 1", "Bo", "Everybody 2", "Anna", "Cleo"]);
  });

  it("shows who works in two departments in both, and who is in none at the end", () => {
    expect(shown("department", [])).toEqual([
      "Sales 2",
      "Anna",
      "Bo",
      "Support 1",
      "Anna",
      "Nowhere 1",
      "Cleo",
    ]);
    const ids = rows(roster.sorted, "department", new Set(), new Set(), words).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("has no row twice, whatever departments are written and called", () => {
    const odd = rosterOf(
      { name: "Anna", department: "Support, Support" },
      { name: "Bo", department: "favourites" },
      { name: "Cleo" },
    );
    const ids = rows(odd.sorted, "department", new Set(["work/2"]), new Set(), words).map(({ id }) => id);
    expect(ids).toHaveLength(6);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("leaves out who is under a folded heading", () => {
    expect(shown("none", ["work/1"], ["heading rest"])).toEqual(["Favourites 1", "Bo", "Everybody 2"]);
  });
});
