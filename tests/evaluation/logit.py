"""The weights of a conditional logit (McFadden 1974): what is right among many, by measures."""

import numpy as np
from scipy.optimize import minimize

RIDGE = 3.0


def fit(cases):
    """The weights under which what is right is likeliest, held back by a ridge.

    Args:
        cases: For each choice the measures of all that can be chosen (a row each), and which are
            right; a choice without any is left out.

    Returns:
        A weight for each measure.
    """
    every = np.concatenate([measures for measures, _ in cases])
    mean, spread = every.mean(0), every.std(0) + 1e-6
    data = [((measures - mean) / spread, right) for measures, right in cases if right.any()]

    def loss(weights):
        total, slope = RIDGE * weights @ weights / 2, RIDGE * weights
        for measures, right in data:
            scores = measures @ weights
            share = np.exp(scores - scores.max())
            good, whole = share[right].sum(), share.sum()
            total -= np.log(good / whole + 1e-12)
            slope = slope - share[right] @ measures[right] / good + share @ measures / whole
        return total, slope

    start = np.zeros(every.shape[1])
    return minimize(loss, start, jac=True, method="L-BFGS-B").x / spread
