"""A small program in whole numbers, and the best answer to it: SCIP, from inside the wheel of the flow solver.

For a cell of at most a thousand people, or a handful of partners; whole districts belong to the flow. The solver is
imported when it is first needed, and the model is handed over as arrays: no loop over variables.
"""

from dataclasses import dataclass
from math import floor

import numpy as np

MOST_NODES = 2_000  # of the search tree: what ends a search in the same place on every machine
MOST_SECONDS = 20.0  # only a safety net: a search that it ends may end elsewhere on another machine


@dataclass(frozen=True)
class Program:
    """Maximise `worth` · x with 0 ≤ x ≤ `most`, whole where `whole`, so that each row's sum keeps within its limits.

    A row is the sum of `factors` · x[`columns`] over the entries that name it in `rows`; `least` and `limits` are its
    bounds (float64, infinite where there is none). All `worth` are whole numbers.
    """

    worth: np.ndarray
    most: np.ndarray
    whole: np.ndarray
    rows: np.ndarray
    columns: np.ndarray
    factors: np.ndarray
    least: np.ndarray
    limits: np.ndarray


def program(worth: np.ndarray, most: np.ndarray, whole: np.ndarray, blocks: list) -> Program:
    """A program from blocks of rows: each (parts, least, limits), with parts of (rows, columns, factor)."""
    entries, least, limits, start = [], [], [], 0
    for parts, low, high in blocks:
        entries += [(rows + start, columns, np.full(len(columns), factor, float)) for rows, columns, factor in parts]
        least.append(np.full(len(high), low, float))
        limits.append(np.asarray(high, float))
        start += len(high)
    rows, columns, factors = (np.concatenate(column) for column in zip(*entries, strict=True))
    return Program(worth, most, whole, rows, columns, factors, np.concatenate(least), np.concatenate(limits))


@dataclass(frozen=True)
class Answer:
    """The best `x` found (None when none was) and the `bound` that no answer exceeds (None when there is none)."""

    x: np.ndarray | None
    bound: int | None


def best(program: Program, *, start: np.ndarray | None = None, seconds: float = MOST_SECONDS) -> Answer:
    """The best answer, or the best one found in `MOST_NODES` nodes; `start` is an answer to begin with."""
    from ortools.math_opt import callback_pb2, model_parameters_pb2, parameters_pb2
    from ortools.math_opt.core.python import solver

    limits = parameters_pb2.SolveParametersProto(threads=1, random_seed=1, node_limit=MOST_NODES)
    limits.relative_gap_tolerance, limits.absolute_gap_tolerance = 0.0, 0.99  # all that can be won is whole
    limits.time_limit.FromNanoseconds(int(seconds * 1e9))
    hints = model_parameters_pb2.ModelSolveParametersProto()
    if start is not None:
        hint = hints.solution_hints.add()
        hint.variable_values.ids.extend(np.arange(len(start)))
        hint.variable_values.values.extend(start)
    kind, nothing = parameters_pb2.SOLVER_TYPE_GSCIP, parameters_pb2.SolverInitializerProto()
    callbacks = callback_pb2.CallbackRegistrationProto()
    result = solver.solve(_model(program), kind, nothing, limits, hints, None, callbacks, None, None)
    x = None
    if result.solutions:
        found = result.solutions[0].primal_solution.variable_values
        x = np.zeros(len(program.worth))
        x[np.asarray(found.ids, np.int64)] = found.values
    bound = result.termination.objective_bounds.dual_bound
    return Answer(x, floor(bound + 1e-4) if np.isfinite(bound) else None)


def _model(program: Program):
    """The program as the message that the solver reads; its matrix goes row by row, without a pair twice."""
    from ortools.math_opt import model_pb2

    model = model_pb2.ModelProto()
    columns, rows = np.arange(len(program.worth)), np.arange(len(program.limits))
    model.variables.ids.extend(columns)
    model.variables.lower_bounds.extend(np.zeros(len(columns)))
    model.variables.upper_bounds.extend(program.most)
    model.variables.integers.extend(program.whole)
    model.objective.maximize = True
    model.objective.linear_coefficients.ids.extend(columns)
    model.objective.linear_coefficients.values.extend(program.worth)
    model.linear_constraints.ids.extend(rows)
    model.linear_constraints.lower_bounds.extend(program.least)
    model.linear_constraints.upper_bounds.extend(program.limits)
    order = np.lexsort((program.columns, program.rows))
    model.linear_constraint_matrix.row_ids.extend(program.rows[order])
    model.linear_constraint_matrix.column_ids.extend(program.columns[order])
    model.linear_constraint_matrix.coefficients.extend(program.factors[order])
    return model
