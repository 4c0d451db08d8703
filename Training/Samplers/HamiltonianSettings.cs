namespace Training.Samplers;

/// <summary>How long and how fine the trajectories of a Hamiltonian sampler are.</summary>
/// <param name="StepSize">ε of a leapfrog step, in units of x.</param>
/// <param name="LeapfrogSteps">L, at least 1; 1 is MALA.</param>
/// <param name="Trajectories">T: as many proposals does a run make.</param>
/// <param name="Temperature">τ: chains target exp(−E/τ).</param>
public sealed record HamiltonianSettings(
    double StepSize, int LeapfrogSteps, int Trajectories, double Temperature = 1);
