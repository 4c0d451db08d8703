using Shared.Experiments;
using Training.Experiments;

namespace Training.Data;

/// <summary>Which of a data set's images a training sees.</summary>
public static class TrainedImages
{
    /// <summary>The images without the class that is held out; all of them where none is.</summary>
    /// <param name="all">The data set. The number of its classes stays, and so does the name.</param>
    /// <param name="training">What is said of the training.</param>
    public static ImageData OfClasses(ImageData all, ImageTrainingParameters training) =>
        training.HeldOutClass is { } label
            ? all with { Train = all.Train.Where(own => own != label), Test = all.Test.Where(own => own != label) }
            : all;

    /// <summary>The images as a training sees them: the classes that it has, and of these the first so many.</summary>
    /// <param name="all">The data set.</param>
    /// <param name="training">What is said of the training.</param>
    public static ImageData Of(ImageData all, ImageTrainingParameters training)
    {
        var images = OfClasses(all, training);
        return training.Images is { } count ? images with { Train = images.Train.First(count) } : images;
    }

    /// <summary>Test images of the class that is held out.</summary>
    /// <param name="all">The data set.</param>
    /// <param name="label">The class.</param>
    /// <exception cref="DataSetException">There are none.</exception>
    public static LabelledImages HeldOut(ImageData all, int label)
    {
        var images = all.Test.Where(own => own == label);
        return images.Count > 0
            ? images
            : throw new DataSetException(
                $"{all.Name} has no test images of class {label}: give training.held_out_class another value.");
    }
}
